package dev.zamok.crypto.identity;

import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key (RFC 8032): a seed of 32 bytes. Thread-safe. */
public final class SigningKey {
  public static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

  private final SecretBytes seed;
  private final VerifyKey publicKey;

  private SigningKey(SecretBytes seed, VerifyKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  public static SigningKey generate(SecureRandom random) {
    return of(SecretBytes.random(random, SEED_SIZE));
  }

  /** Keeps {@code seed}, 32 bytes. */
  public static SigningKey of(SecretBytes seed) {
    byte[] raw = seed.requireSize(SEED_SIZE).toByteArray();
    try {
      byte[] encoded = new byte[VerifyKey.SIZE];
      Ed25519.generatePublicKey(raw, 0, encoded, 0);
      return new SigningKey(seed, VerifyKey.of(Bytes.wrap(encoded)));
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** The private key itself: for the keyset alone. */
  public SecretBytes seed() {
    return seed;
  }

  public VerifyKey publicKey() {
    return publicKey;
  }

  /** 64 bytes; the same message gives the same signature. */
  public Bytes sign(Bytes message) {
    byte[] raw = seed.toByteArray();
    try {
      byte[] data = message.toByteArray();
      byte[] signature = new byte[VerifyKey.SIGNATURE_SIZE];
      byte[] encoded = publicKey.bytes().toByteArray();
      Ed25519.sign(raw, 0, encoded, 0, data, 0, data.length, signature, 0);
      return Bytes.wrap(signature);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  /** Names the public key. */
  @Override
  public String toString() {
    return "SigningKey[" + publicKey + "]";
  }
}
