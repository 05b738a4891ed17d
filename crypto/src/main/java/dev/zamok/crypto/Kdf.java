package dev.zamok.crypto;

import dev.zamok.protocol.Bytes;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869). */
public final class Kdf {
  /** The size of what {@link #derive} yields, in bytes. */
  public static final int SIZE = 32;

  /** No salt. */
  public static final Bytes NO_SALT = Bytes.EMPTY;

  private Kdf() {}

  /** {@code kdf(ikm, salt, info)}: 32 bytes. */
  public static SecretBytes derive(SecretBytes ikm, Bytes salt, Bytes info) {
    return derive(ikm, salt, info, SIZE);
  }

  /** As {@link #derive(SecretBytes, Bytes, Bytes)}, without a salt. */
  public static SecretBytes derive(SecretBytes ikm, Context info) {
    return derive(ikm, NO_SALT, info.toBytes(), SIZE);
  }

  /** {@code size} bytes, at most 8,160. */
  public static SecretBytes derive(SecretBytes ikm, Bytes salt, Bytes info, int size) {
    return SecretBytes.wrap(expand(ikm, salt, info, size));
  }

  /** A commitment to {@code secret}: 32 bytes that may be shown. */
  public static Hash commit(SecretBytes secret, Context info) {
    return new Hash(Bytes.wrap(expand(secret, NO_SALT, info.toBytes(), Hash.SIZE)));
  }

  private static byte[] expand(SecretBytes ikm, Bytes salt, Bytes info, int size) {
    byte[] key = ikm.toByteArray();
    try {
      HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
      hkdf.init(new HKDFParameters(key, salt.toByteArray(), info.toByteArray()));
      byte[] out = new byte[size];
      hkdf.generateBytes(out, 0, size);
      return out;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
