package dev.zamok.crypto.seal;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * Suite 01: {@code 01 ‖ nonce 12, random ‖ AES-256-GCM}, with {@code 01 ‖ context} authenticated.
 *
 * <p>Nonces are random: no key may seal more than 2^20 times (the chance of a repetition is then
 * below 2^-56); every use in Zamok is bounded far below. Does not commit to its key: keys that come
 * from passwords, codes or other people take {@link Seal02}.
 *
 * <p>An instance is a prepared key. Thread-safe.
 */
public final class Seal01 {
  public static final int SUITE = 1;

  /** What a seal is longer than its plaintext: suite 1, nonce 12, tag 16. */
  public static final int OVERHEAD_BYTES = 1 + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

  private final SecretKeySpec key;

  private Seal01(SecretKeySpec key) {
    this.key = key;
  }

  /** Copies the 32 bytes of {@code key}. */
  public static Seal01 with(SecretBytes key) {
    return new Seal01(AesGcm.key(key));
  }

  /** {@code suite ‖ context}, the bytes a seal authenticates. */
  public static Bytes aad(Bytes context) {
    return Bytes.wrap(AesGcm.aad(SUITE, context));
  }

  public Bytes seal(Bytes context, byte[] plaintext, SecureRandom random) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] out = new byte[OVERHEAD_BYTES + plaintext.length];
    out[0] = SUITE;
    System.arraycopy(nonce, 0, out, 1, nonce.length);
    AesGcm.Slot slot = new AesGcm.Slot(out, 1 + nonce.length);
    AesGcm.encrypt(key, nonce, AesGcm.aad(SUITE, context), plaintext, slot);
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
    byte[] nonce = sealed.slice(1, 1 + AesGcm.NONCE_BYTES).toByteArray();
    Bytes ciphertext = sealed.slice(1 + AesGcm.NONCE_BYTES, sealed.size());
    return AesGcm.decrypt(key, nonce, AesGcm.aad(SUITE, context), ciphertext);
  }

  /** A secret of exactly {@code size} bytes. Fails with {@link CryptoFailure}. */
  public SecretBytes openSecret(Bytes context, Bytes sealed, int size) {
    if (sealed.size() != size + OVERHEAD_BYTES) {
      throw new CryptoFailure();
    }
    return SecretBytes.wrap(open(context, sealed));
  }

  @Override
  public String toString() {
    return "Seal01[]";
  }
}
