package dev.zamok.crypto.account;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.AgreementKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;

/**
 * The private keys of an account, the same on all its devices.
 *
 * <pre>
 * sealed  = Suite 02 under UK of ed25519 seed 32 ‖ x25519 secret 32, 145 bytes
 * context = ctx("keyset", account, seq u32)
 * </pre>
 */
public final class Keyset {
  /** Of the sealed form, in bytes. */
  public static final int SEALED_SIZE =
      SigningKey.SEED_SIZE + AgreementKey.SIZE + Seal02.OVERHEAD_BYTES;

  private final SigningKey signing;
  private final AgreementKey agreement;

  private Keyset(SigningKey signing, AgreementKey agreement) {
    this.signing = signing;
    this.agreement = agreement;
  }

  /** The keys of an identity, to be sealed anew. */
  public static Keyset of(Identity identity) {
    return new Keyset(identity.signing(), identity.agreement());
  }

  public static Keyset generate(SecureRandom random) {
    return new Keyset(SigningKey.generate(random), AgreementKey.generate(random));
  }

  /**
   * The sealed form.
   *
   * @param seq of the card these keys belong to
   */
  public Bytes seal(UnlockKey key, AccountId account, int seq, SecureRandom random) {
    SecretBytes both = SecretBytes.join(signing.seed(), agreement.secret());
    try {
      return Seal02.with(key.key()).seal(context(account, seq), both, random);
    } finally {
      both.destroy();
    }
  }

  /** Fails with {@link CryptoFailure}. */
  public static Keyset open(UnlockKey key, AccountId account, int seq, Bytes sealed) {
    int size = SigningKey.SEED_SIZE + AgreementKey.SIZE;
    SecretBytes both = Seal02.with(key.key()).openSecret(context(account, seq), sealed, size);
    try {
      return new Keyset(
          SigningKey.of(both.slice(0, SigningKey.SEED_SIZE)),
          AgreementKey.of(both.slice(SigningKey.SEED_SIZE, size)));
    } finally {
      both.destroy();
    }
  }

  /** A new account: its first card with these keys. */
  public Identity firstIdentity(AccountId account) {
    return identity(Card.first(account, signing, agreement));
  }

  /** The card after {@code old}, with these keys. */
  public Identity successorOf(Identity old) {
    return identity(old.card().successor(old.signing(), signing, agreement));
  }

  /** Fails with {@link CryptoFailure} when the keys are not those of the card. */
  public Identity identity(Card card) {
    return new Identity(card, signing, agreement);
  }

  private static Bytes context(AccountId account, int seq) {
    return Context.of("keyset").account(account).u32(seq).toBytes();
  }

  @Override
  public String toString() {
    return "Keyset[" + signing.publicKey() + "]";
  }
}
