package dev.zamok.crypto.identity;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.KeyId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032), checked strictly.
 *
 * <p>The key must be a canonical encoding of a point of the prime-order subgroup, not the neutral
 * element. A signature must have {@code S < L} and an {@code R} that is such a point as well.
 * Bouncy Castle checks the range of {@code S} and the encoding of {@code R}; its equation ignores
 * the cofactor, so that it takes an {@code R} with a small-order part, which most verifiers refuse.
 * The check of {@code R} here closes that: what verifies is exactly what a verifier without
 * cofactor (such as the WebCrypto of browsers) accepts for a checked key, less the neutral {@code
 * R}.
 *
 * <p>Thread-safe. Verifying takes two scalar multiplications, over 0.1 ms: off event loops in bulk.
 */
public final class VerifyKey {
  public static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;
  public static final int SIGNATURE_SIZE = Ed25519.SIGNATURE_SIZE;

  private final Bytes bytes;

  /** Null until it is needed first. */
  private volatile Ed25519.@Nullable PublicPoint point;

  private VerifyKey(Bytes bytes, Ed25519.@Nullable PublicPoint point) {
    this.bytes = bytes;
    this.point = point;
  }

  /** Fails with {@link CryptoFailure} for anything but a key as described above. */
  public static VerifyKey of(Bytes bytes) {
    if (bytes.size() != SIZE) {
      throw new CryptoFailure();
    }
    return new VerifyKey(bytes, checked(bytes));
  }

  /**
   * A key that was checked before: {@link #verify} checks it once more, and fails for what {@link
   * #of} does not take.
   *
   * @param bytes {@value #SIZE}
   */
  static VerifyKey checkedBefore(Bytes bytes) {
    return new VerifyKey(bytes, null);
  }

  private static Ed25519.PublicPoint checked(Bytes bytes) {
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(bytes.toByteArray(), 0);
    if (point == null) {
      throw new CryptoFailure();
    }
    return point;
  }

  private Ed25519.PublicPoint point() {
    Ed25519.PublicPoint known = point;
    if (known == null) {
      // Whoever comes at the same time gets the same.
      known = checked(bytes);
      point = known;
    }
    return known;
  }

  public Bytes bytes() {
    return bytes;
  }

  /** The first 8 bytes of the SHA-256 of the key. */
  public KeyId id() {
    return KeyId.of(Hash.of(bytes).bytes().slice(0, KeyId.SIZE));
  }

  /** Fails with {@link CryptoFailure} unless {@code signature} is one of {@code message}. */
  public void verify(Bytes message, Bytes signature) {
    if (signature.size() != SIGNATURE_SIZE) {
      throw new CryptoFailure();
    }
    byte[] sig = signature.toByteArray();
    byte[] data = message.toByteArray();
    if (!Ed25519.verify(sig, 0, point(), data, 0, data.length)
        || !Ed25519.validatePublicKeyFull(sig, 0)) {
      throw new CryptoFailure();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyKey that && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /** Unpadded base64url. */
  @Override
  public String toString() {
    return bytes.toBase64Url();
  }
}
