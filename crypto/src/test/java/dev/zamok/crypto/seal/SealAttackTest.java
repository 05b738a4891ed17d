package dev.zamok.crypto.seal;

import static dev.zamok.crypto.Tampering.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Seals that are made to open under more than one key. */
class SealAttackTest {
  private static final Bytes CONTEXT = Bytes.fromHex("0102030405");

  private final SecureRandom random = new SeededRandom("two keys");
  private final SecretBytes one = SecretBytes.random(random, 32);
  private final SecretBytes other = SecretBytes.random(random, 32);

  @Test
  void aCiphertextThatHoldsUnderTwoKeysOpensUnderTheOneThatSuiteTwoNames() {
    for (int size : new int[] {16, 32, 64, 256}) {
      Bytes crafted = TwoKeys.seal02(one, other, CONTEXT, size, random);
      // It is what it is meant to be: no tag stops it.
      assertThat(TwoKeys.tagHolds(one, CONTEXT, crafted)).isTrue();
      assertThat(TwoKeys.tagHolds(other, CONTEXT, crafted)).isTrue();

      assertThat(Seal02.with(one).open(CONTEXT, crafted)).hasSize(size);
      assertFails(() -> Seal02.with(other).open(CONTEXT, crafted));

      Bytes turned = TwoKeys.naming(other, crafted);
      assertFails(() -> Seal02.with(one).open(CONTEXT, turned));
      assertThat(Seal02.with(other).open(CONTEXT, turned)).hasSize(size);
    }
  }

  @Test
  void aCiphertextUnderTwoKeysOfSuiteOneIsNotTakenWhereSuiteTwoIsWanted() {
    Bytes crafted = TwoKeys.seal01(one, other, CONTEXT, 64, random);
    // Suite 01 does not commit: that is why no key of a password or of other people takes it.
    assertThat(Seal01.with(one).open(CONTEXT, crafted)).hasSize(64);
    assertThat(Seal01.with(other).open(CONTEXT, crafted)).hasSize(64);
    assertFails(() -> Seal02.with(one).open(CONTEXT, crafted));
    assertFails(() -> Seal02.with(other).open(CONTEXT, crafted));
  }
}
