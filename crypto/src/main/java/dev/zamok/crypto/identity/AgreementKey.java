package dev.zamok.crypto.identity;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 private key (RFC 7748): 32 bytes. Thread-safe. */
public final class AgreementKey {
  public static final int SIZE = X25519.SCALAR_SIZE;

  private final SecretBytes secret;
  private final Bytes publicKey;

  private AgreementKey(SecretBytes secret, Bytes publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  public static AgreementKey generate(SecureRandom random) {
    return of(SecretBytes.random(random, SIZE));
  }

  /** Keeps {@code secret}, 32 bytes. */
  public static AgreementKey of(SecretBytes secret) {
    byte[] raw = secret.requireSize(SIZE).toByteArray();
    try {
      byte[] encoded = new byte[X25519.POINT_SIZE];
      X25519.scalarMultBase(raw, 0, encoded, 0);
      return new AgreementKey(secret, Bytes.wrap(encoded));
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** The private key itself: for the keyset and for opening wraps. */
  public SecretBytes secret() {
    return secret;
  }

  public Bytes publicKey() {
    return publicKey;
  }

  /**
   * Whether {@code publicKey} is one of the points of low order, with which every agreement gives
   * zero (RFC 7748 §6.1).
   */
  public static boolean isLowOrder(Bytes publicKey) {
    byte[] scalar = new byte[X25519.SCALAR_SIZE];
    scalar[0] = 8;
    byte[] shared = new byte[X25519.POINT_SIZE];
    return !X25519.calculateAgreement(scalar, 0, publicKey.toByteArray(), 0, shared, 0);
  }

  /** Names the public key. */
  @Override
  public String toString() {
    return "AgreementKey[" + publicKey.toBase64Url() + "]";
  }
}
