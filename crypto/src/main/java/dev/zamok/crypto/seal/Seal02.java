package dev.zamok.crypto.seal;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Suite 02, which commits to its key: {@code 02 ‖ salt 32 ‖ commit 32 ‖ AES-256-GCM(k, nonce 0)},
 * where {@code k ‖ commit = HKDF(key, salt, ctx("commit"), 64)} and {@code 02 ‖ context} is
 * authenticated.
 *
 * <p>The salt is fresh for every seal, hence so is {@code k}. The commitment is checked first, so a
 * ciphertext opens under one key only, and nobody can test many guesses with one ciphertext. For
 * keys that come from passwords, codes or other people.
 *
 * <p>An instance holds the key it was given. Thread-safe.
 */
public final class Seal02 {
  public static final int SUITE = 2;

  private static final int SALT_BYTES = 32;
  private static final int COMMIT_BYTES = 32;
  private static final int HEAD_BYTES = 1 + SALT_BYTES + COMMIT_BYTES;

  /** What a seal is longer than its plaintext: suite 1, salt 32, commitment 32, tag 16. */
  public static final int OVERHEAD_BYTES = HEAD_BYTES + AesGcm.TAG_BYTES;

  private static final Bytes INFO = Context.of("commit").toBytes();

  private final SecretBytes key;

  private Seal02(SecretBytes key) {
    this.key = key;
  }

  /** Keeps {@code key}, 32 bytes, without copying it. */
  public static Seal02 with(SecretBytes key) {
    return new Seal02(key.requireSize(AesGcm.KEY_BYTES));
  }

  public Bytes seal(Bytes context, byte[] plaintext, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] out = new byte[OVERHEAD_BYTES + plaintext.length];
    out[0] = SUITE;
    System.arraycopy(salt, 0, out, 1, SALT_BYTES);
    byte[] derived = derive(Bytes.wrap(salt));
    SecretBytes k = SecretBytes.wrap(Arrays.copyOf(derived, AesGcm.KEY_BYTES));
    System.arraycopy(derived, AesGcm.KEY_BYTES, out, 1 + SALT_BYTES, COMMIT_BYTES);
    AesGcm.Slot slot = new AesGcm.Slot(out, HEAD_BYTES);
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    AesGcm.encrypt(AesGcm.key(k), nonce, AesGcm.aad(SUITE, context), plaintext, slot);
    wipe(derived, k);
    return Bytes.wrap(out);
  }

  /** As {@link #seal(Bytes, byte[], SecureRandom)}, of a secret. */
  public Bytes seal(Bytes context, SecretBytes plaintext, SecureRandom random) {
    byte[] raw = plaintext.toByteArray();
    try {
      return seal(context, raw, random);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** The plaintext, which belongs to the caller. Fails with {@link CryptoFailure}. */
  public byte[] open(Bytes context, Bytes sealed) {
    if (sealed.size() < OVERHEAD_BYTES || sealed.get(0) != SUITE) {
      throw new CryptoFailure();
    }
    byte[] derived = derive(sealed.slice(1, 1 + SALT_BYTES));
    SecretBytes k = SecretBytes.wrap(Arrays.copyOf(derived, AesGcm.KEY_BYTES));
    try {
      byte[] expected = Arrays.copyOfRange(derived, AesGcm.KEY_BYTES, derived.length);
      byte[] commit = sealed.slice(1 + SALT_BYTES, HEAD_BYTES).toByteArray();
      if (!MessageDigest.isEqual(expected, commit)) {
        throw new CryptoFailure();
      }
      byte[] nonce = new byte[AesGcm.NONCE_BYTES];
      Bytes ciphertext = sealed.slice(HEAD_BYTES, sealed.size());
      return AesGcm.decrypt(AesGcm.key(k), nonce, AesGcm.aad(SUITE, context), ciphertext);
    } finally {
      wipe(derived, k);
    }
  }

  /** A secret of exactly {@code size} bytes. Fails with {@link CryptoFailure}. */
  public SecretBytes openSecret(Bytes context, Bytes sealed, int size) {
    if (sealed.size() != size + OVERHEAD_BYTES) {
      throw new CryptoFailure();
    }
    return SecretBytes.wrap(open(context, sealed));
  }

  private byte[] derive(Bytes salt) {
    SecretBytes derived = Kdf.derive(key, salt, INFO, AesGcm.KEY_BYTES + COMMIT_BYTES);
    try {
      return derived.toByteArray();
    } finally {
      derived.destroy();
    }
  }

  private static void wipe(byte[] derived, SecretBytes k) {
    Arrays.fill(derived, (byte) 0);
    k.destroy();
  }

  @Override
  public String toString() {
    return "Seal02[]";
  }
}
