package dev.zamok.crypto.account;

import static dev.zamok.crypto.Tampering.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.crypto.seal.TwoKeys;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/**
 * A server that serves what opens under several passwords learns from each login whether the true
 * one is among them.
 */
class PartitionAttackTest {
  private static final AccountId ACCOUNT = new AccountId(1, 2);
  private static final KdfParams CHEAP =
      new KdfParams.Argon2id(KdfParams.Argon2id.MEMORY_KIB_MIN, KdfParams.Argon2id.PASSES_MIN, 1);

  private final SecureRandom random = new SeededRandom("partition");

  private static SecretBytes unlockKey(UnlockSecret secret) {
    Context info = Context.of("unlock-key").account(ACCOUNT).u8(secret.type().code());
    return Kdf.derive(secret.secret(), info);
  }

  @Test
  void anUnlockWrapThatIsCraftedForTwoPasswordsOpensUnderOne() {
    UnlockSecret guess =
        UnlockSecret.newMasterPassword(Password.of("one".toCharArray()), null, CHEAP, random);
    UnlockSecret.MasterParams recipe = UnlockSecret.MasterParams.decode(guess.params());
    UnlockSecret other =
        UnlockSecret.masterPassword(Password.of("two".toCharArray()), null, recipe);
    Bytes context =
        Context.of("unlock").account(ACCOUNT).u8(1).u32(1).sized(guess.params()).toBytes();
    SecretBytes first = unlockKey(guess);
    SecretBytes second = unlockKey(other);
    Bytes crafted = TwoKeys.seal02(first, second, context, UnlockKey.SIZE, random);
    assertThat(TwoKeys.tagHolds(second, context, crafted)).isTrue();

    UnlockWrap wrap = new UnlockWrap(UnlockType.MASTER_PASSWORD, 1, guess.params(), crafted);

    assertThat(wrap.open(ACCOUNT, guess)).isNotNull();
    assertFails(() -> wrap.open(ACCOUNT, other));
  }

  @Test
  void aKeysetThatIsCraftedForTwoKeysOpensUnderOne() {
    UnlockKey first = UnlockKey.random(random);
    UnlockKey second = UnlockKey.random(random);
    Bytes context = Context.of("keyset").account(ACCOUNT).u32(1).toBytes();
    Bytes crafted = TwoKeys.seal02(first.key(), second.key(), context, 64, random);
    assertThat(TwoKeys.tagHolds(second.key(), context, crafted)).isTrue();

    assertThat(Keyset.open(first, ACCOUNT, 1, crafted)).isNotNull();
    assertFails(() -> Keyset.open(second, ACCOUNT, 1, crafted));
  }
}
