package dev.zamok.crypto.seal;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a tag of 128 bits (NIST SP 800-38D), by the platform's provider. */
final class AesGcm {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private AesGcm() {}

  static SecretKeySpec key(SecretBytes key) {
    byte[] raw = key.requireSize(KEY_BYTES).toByteArray();
    try {
      return new SecretKeySpec(raw, "AES");
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** Writes ciphertext and tag of {@code plaintext} to {@code out} from {@code at} on. */
  static void encrypt(SecretKeySpec key, byte[] nonce, byte[] aad, byte[] plaintext, Slot out) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad);
      cipher.doFinal(plaintext, 0, plaintext.length, out.array, out.at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused to encrypt", e);
    }
  }

  /** Fails with {@link CryptoFailure}. */
  static byte[] decrypt(SecretKeySpec key, byte[] nonce, byte[] aad, Bytes ciphertext) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, aad);
      byte[] input = ciphertext.toByteArray();
      return cipher.doFinal(input, 0, input.length);
    } catch (GeneralSecurityException e) {
      throw new CryptoFailure();
    }
  }

  /** {@code suite ‖ context}. */
  static byte[] aad(int suite, Bytes context) {
    byte[] aad = new byte[1 + context.size()];
    aad[0] = (byte) suite;
    context.copyTo(aad, 1);
    return aad;
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  /** A place in an array. */
  static final class Slot {
    private final byte[] array;
    private final int at;

    Slot(byte[] array, int at) {
      this.array = array;
      this.at = at;
    }
  }
}
