package dev.zamok.crypto.account;

import static dev.zamok.crypto.Tampering.assertFails;
import static dev.zamok.crypto.Tampering.assertFailsOrIsMalformed;
import static dev.zamok.crypto.Tampering.flip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.SeededRandom;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.password.Password;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final AccountId ACCOUNT = new AccountId(3, 4);

  /** The least that is allowed, since tests run often. */
  private static final KdfParams CHEAP = new KdfParams.Argon2id(19 * 1024, 2, 1);

  private final SecureRandom random = new SeededRandom("account");
  private final UnlockKey unlockKey = UnlockKey.random(random);
  private final Keyset keyset = Keyset.generate(random);

  @Test
  void keysetComesBackAndFitsItsCard() {
    Identity identity = keyset.firstIdentity(ACCOUNT);
    Bytes sealed = keyset.seal(unlockKey, ACCOUNT, 1, random);
    assertThat(sealed.size()).isEqualTo(Keyset.SEALED_SIZE);
    Identity opened = Keyset.open(unlockKey, ACCOUNT, 1, sealed).identity(identity.card());
    assertThat(opened.signing().seed()).isEqualTo(identity.signing().seed());
    assertThat(opened.agreement().secret()).isEqualTo(identity.agreement().secret());
    assertFails(() -> Keyset.open(unlockKey, ACCOUNT, 1, sealed).identity(Fixtures.BOB.card()));
  }

  @Test
  void keysetOfAnotherAccountSequenceOrKeyIsRefused() {
    Bytes sealed = keyset.seal(unlockKey, ACCOUNT, 1, random);
    assertFails(() -> Keyset.open(unlockKey, new AccountId(3, 5), 1, sealed));
    assertFails(() -> Keyset.open(unlockKey, ACCOUNT, 2, sealed));
    assertFails(() -> Keyset.open(UnlockKey.random(random), ACCOUNT, 1, sealed));
    for (int bit = 0; bit < sealed.size() * 8; bit += 3) {
      Bytes changed = flip(sealed, bit);
      assertFails(() -> Keyset.open(unlockKey, ACCOUNT, 1, changed));
    }
  }

  @Test
  void everyKindOfSecretUnlocksTheSameKey() {
    SecretBytes code = HumanCode.generate(random);
    SecretBytes server = SecretBytes.random(random, 32);
    SecretBytes device = SecretBytes.random(random, 32);
    assertUnlocks(UnlockSecret.recoveryCode(code), UnlockSecret.recoveryCode(code));
    assertUnlocks(UnlockSecret.device(server, device), UnlockSecret.device(server, device));
  }

  @Test
  void masterPasswordUnlocksByTheStoredParameters() {
    Password password = Password.of("Großer Schlüssel");
    UnlockSecret fresh = UnlockSecret.newMasterPassword(password, null, CHEAP, random);
    UnlockWrap stored = UnlockWrap.parse(unlockKey.wrap(ACCOUNT, 7, fresh, random).encode());
    assertThat(stored.masterParams().recipe().params()).isEqualTo(CHEAP);
    UnlockSecret typed =
        UnlockSecret.masterPassword(
            Password.of("Gro\u00dfer Schlu\u0308ssel"), null, stored.masterParams());
    assertThat(stored.open(ACCOUNT, typed)).isEqualTo(unlockKey);
    UnlockSecret wrong =
        UnlockSecret.masterPassword(Password.of("anders"), null, stored.masterParams());
    assertFails(() -> stored.open(ACCOUNT, wrong));
  }

  @Test
  void kitKeyIsNeededAndCannotBeArguedAwayByTheServer() {
    SecretBytes kit = SecretBytes.random(random, UnlockSecret.KIT_KEY_SIZE);
    Password password = Password.of("pass");
    UnlockSecret fresh = UnlockSecret.newMasterPassword(password, kit, CHEAP, random);
    UnlockWrap stored = unlockKey.wrap(ACCOUNT, 1, fresh, random);
    assertThat(stored.masterParams().kit()).isTrue();
    assertThat(
            stored.open(ACCOUNT, UnlockSecret.masterPassword(password, kit, stored.masterParams())))
        .isEqualTo(unlockKey);
    assertThatThrownBy(() -> UnlockSecret.masterPassword(password, null, stored.masterParams()))
        .isInstanceOf(IllegalArgumentException.class);
    String params = new String(stored.params().toByteArray(), StandardCharsets.US_ASCII);
    UnlockWrap stripped =
        new UnlockWrap(
            UnlockType.MASTER_PASSWORD,
            1,
            Bytes.wrap(params.replace("$kit", "").getBytes(StandardCharsets.US_ASCII)),
            stored.sealed());
    UnlockSecret alone = UnlockSecret.masterPassword(password, null, stripped.masterParams());
    assertFails(() -> stripped.open(ACCOUNT, alone));
  }

  @Test
  void anyChangedBitOfAWrapIsRefused() {
    UnlockSecret secret = UnlockSecret.recoveryCode(HumanCode.generate(random));
    Bytes stored = unlockKey.wrap(ACCOUNT, 7, secret, random).encode();
    for (int bit = 0; bit < stored.size() * 8; bit++) {
      Bytes changed = flip(stored, bit);
      assertFailsOrIsMalformed(() -> UnlockWrap.parse(changed).open(ACCOUNT, secret));
    }
  }

  @Test
  void wrapOfAnotherAccountIsRefused() {
    UnlockSecret secret = UnlockSecret.recoveryCode(HumanCode.generate(random));
    UnlockWrap wrap = unlockKey.wrap(ACCOUNT, 7, secret, random);
    assertFails(() -> wrap.open(new AccountId(3, 5), secret));
  }

  @Test
  void deviceWithoutTheServersHalfOpensNothing() {
    SecretBytes device = SecretBytes.random(random, 32);
    UnlockSecret both = UnlockSecret.device(SecretBytes.random(random, 32), device);
    UnlockWrap wrap = unlockKey.wrap(ACCOUNT, 1, both, random);
    UnlockSecret guess = UnlockSecret.device(SecretBytes.random(random, 32), device);
    assertFails(() -> wrap.open(ACCOUNT, guess));
  }

  @Test
  void serverCannotWeakenOrInflateTheStretching() {
    for (String params :
        new String[] {
          "$argon2id$v=19$m=1024,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=65536,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=4194304,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA",
          "$pbkdf2-sha512$i=1000$AAAAAAAAAAAAAAAAAAAAAA",
          "$pbkdf2-sha512$i=2000000000$AAAAAAAAAAAAAAAAAAAAAA"
        }) {
      Bytes text = Bytes.wrap(params.getBytes(StandardCharsets.US_ASCII));
      Bytes stored = new ByteWriter().u8(1).u32(1).sized(text).bytes(new byte[113]).toBytes();
      assertThatThrownBy(() -> UnlockWrap.parse(stored)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void replacedKeysetGivesASuccessorCard() {
    Identity old = keyset.firstIdentity(ACCOUNT);
    Identity next = Keyset.generate(random).successorOf(old);
    next.card().requireSuccessorOf(old.card());
    assertThat(next.card().account()).isEqualTo(ACCOUNT);
  }

  @Test
  void replacedKeysKeepThoseBeforeAndGiveEveryCardBack() {
    Keyset third = keyset.replaced(random).replaced(random);
    Bytes sealed = third.seal(unlockKey, ACCOUNT, 3, random);
    assertThat(Keyset.isSealedSize(sealed.size())).isTrue();
    List<Identity> all = Keyset.open(unlockKey, ACCOUNT, 3, sealed).identities(ACCOUNT);
    assertThat(all).hasSize(3);
    assertThat(all.get(0).fingerprint()).isEqualTo(keyset.firstIdentity(ACCOUNT).fingerprint());
    all.get(1).card().requireSuccessorOf(all.get(0).card());
    all.get(2).card().requireSuccessorOf(all.get(1).card());
    assertThat(all.get(2).card().seq()).isEqualTo(3);
    assertThat(all.get(2).signing().seed()).isNotEqualTo(all.get(1).signing().seed());
  }

  @Test
  void aKeysetHoldsAtMostThirtyTwoPairs() {
    Keyset full = keyset;
    for (int pairs = 1; pairs < Keyset.PAIRS_MAX; pairs++) {
      full = full.replaced(random);
    }
    Keyset last = full;
    assertThat(last.isReplaceable()).isFalse();
    assertThatThrownBy(() -> last.replaced(random)).isInstanceOf(IllegalStateException.class);
    int size = last.seal(unlockKey, ACCOUNT, 1, random).size();
    assertThat(Keyset.isSealedSize(size)).isTrue();
    assertThat(Keyset.isSealedSize(size + 64)).isFalse();
    assertThat(Keyset.isSealedSize(size - 1)).isFalse();
    assertFails(() -> Keyset.open(unlockKey, ACCOUNT, 1, Bytes.wrap(new byte[size + 64])));
  }

  private void assertUnlocks(UnlockSecret made, UnlockSecret given) {
    UnlockWrap stored = UnlockWrap.parse(unlockKey.wrap(ACCOUNT, 1, made, random).encode());
    assertThat(stored.open(ACCOUNT, given)).isEqualTo(unlockKey);
  }
}
