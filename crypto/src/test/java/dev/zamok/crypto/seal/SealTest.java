package dev.zamok.crypto.seal;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final Bytes CONTEXT = Bytes.fromHex("0102030405");

  private final SecureRandom random = new SeededRandom("seal");
  private final SecretBytes key = SecretBytes.random(random, 32);
  private final Seal01 one = Seal01.with(key);
  private final Seal02 two = Seal02.with(key);

  @Property(tries = 100)
  void whatIsSealedOpens(@ForAll @Size(max = 300) byte[] plaintext) {
    assertThat(one.open(CONTEXT, one.seal(CONTEXT, plaintext, random))).isEqualTo(plaintext);
    assertThat(two.open(CONTEXT, two.seal(CONTEXT, plaintext, random))).isEqualTo(plaintext);
  }

  @Test
  void anyChangedBitOfASealIsRefused() {
    Bytes first = one.seal(CONTEXT, new byte[20], random);
    Bytes second = two.seal(CONTEXT, new byte[20], random);
    for (int bit = 0; bit < first.size() * 8; bit++) {
      int changed = bit;
      assertFails(() -> one.open(CONTEXT, flip(first, changed)));
    }
    for (int bit = 0; bit < second.size() * 8; bit++) {
      int changed = bit;
      assertFails(() -> two.open(CONTEXT, flip(second, changed)));
    }
  }

  @Property(tries = 50)
  void anotherContextIsRefused(@ForAll @IntRange(max = 39) int bit) {
    Bytes first = one.seal(CONTEXT, new byte[20], random);
    Bytes second = two.seal(CONTEXT, new byte[20], random);
    assertFails(() -> one.open(flip(CONTEXT, bit), first));
    assertFails(() -> two.open(flip(CONTEXT, bit), second));
  }

  @Test
  void anotherKeyIsRefused() {
    SecretBytes other = SecretBytes.random(random, 32);
    Bytes first = one.seal(CONTEXT, new byte[20], random);
    Bytes second = two.seal(CONTEXT, new byte[20], random);
    assertFails(() -> Seal01.with(other).open(CONTEXT, first));
    assertFails(() -> Seal02.with(other).open(CONTEXT, second));
  }

  @Test
  void everyTruncationIsRefused() {
    Bytes first = one.seal(CONTEXT, new byte[20], random);
    Bytes second = two.seal(CONTEXT, new byte[20], random);
    for (int size = 0; size < first.size(); size++) {
      Bytes cut = first.slice(0, size);
      assertFails(() -> one.open(CONTEXT, cut));
    }
    for (int size = 0; size < second.size(); size++) {
      Bytes cut = second.slice(0, size);
      assertFails(() -> two.open(CONTEXT, cut));
    }
  }

  @Test
  void suiteIsNotNegotiated() {
    Bytes first = one.seal(CONTEXT, new byte[64], random);
    Bytes second = two.seal(CONTEXT, new byte[64], random);
    assertFails(() -> two.open(CONTEXT, first));
    assertFails(() -> one.open(CONTEXT, second));
  }

  @Test
  void suiteTwoCommitsToItsKeySoThatNoForgedTagHelps() {
    // Same salt and ciphertext under another key: the commitment differs, whatever the tag says.
    SecretBytes other = SecretBytes.random(random, 32);
    Bytes mine = two.seal(CONTEXT, new byte[0], new SeededRandom("same salt"));
    Bytes theirs = Seal02.with(other).seal(CONTEXT, new byte[0], new SeededRandom("same salt"));
    assertThat(mine.slice(1, 33)).isEqualTo(theirs.slice(1, 33));
    assertThat(mine.slice(33, 65)).isNotEqualTo(theirs.slice(33, 65));
  }

  @Test
  void theSamePlaintextNeverGivesTheSameSeal() {
    assertThat(one.seal(CONTEXT, new byte[4], random))
        .isNotEqualTo(one.seal(CONTEXT, new byte[4], random));
    assertThat(two.seal(CONTEXT, new byte[4], random))
        .isNotEqualTo(two.seal(CONTEXT, new byte[4], random));
  }

  @Test
  void aSecretOfAnotherSizeIsRefused() {
    Bytes first = one.seal(CONTEXT, SecretBytes.wrap(new byte[31]), random);
    Bytes second = two.seal(CONTEXT, SecretBytes.wrap(new byte[31]), random);
    assertFails(() -> one.openSecret(CONTEXT, first, 32));
    assertFails(() -> two.openSecret(CONTEXT, second, 32));
    assertThat(one.openSecret(CONTEXT, first, 31)).isEqualTo(SecretBytes.wrap(new byte[31]));
  }

  @Test
  void keysOfAnotherSizeAreRefused() {
    SecretBytes small = SecretBytes.wrap(new byte[16]);
    assertThatThrownBy(() -> Seal01.with(small)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Seal02.with(small)).isInstanceOf(IllegalArgumentException.class);
  }
}
