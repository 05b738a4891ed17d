package dev.zamok.protocol.ticket;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One key of a JWK set, bound to one algorithm: the header of a token never chooses.
 *
 * <p>Thread-safe: every operation takes its own JCA object.
 */
public final class TicketKey {
  private static final String ECDSA = "SHA256withECDSAinP1363Format";

  /** The order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final String id;
  private final Algorithm algorithm;
  private final SignatureCheck check;
  private final @Nullable Key signing;

  private TicketKey(String id, Algorithm algorithm, SignatureCheck check, @Nullable Key signing) {
    this.id = id;
    this.algorithm = algorithm;
    this.check = check;
    this.signing = signing;
  }

  static TicketKey edDsa(String id, SignatureCheck check, @Nullable PrivateKey signing) {
    return new TicketKey(id, Algorithm.EDDSA, check, signing);
  }

  static TicketKey es256(String id, PublicKey verifying, @Nullable PrivateKey signing) {
    return new TicketKey(id, Algorithm.ES256, ecdsa(verifying), signing);
  }

  static TicketKey hs256(String id, SecretKey key) {
    return new TicketKey(
        id,
        Algorithm.HS256,
        (message, claimed) -> MessageDigest.isEqual(mac(key, message), claimed),
        key);
  }

  /** The {@code kid}. */
  public String id() {
    return id;
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  /** Whether the private half is here too. */
  public boolean canSign() {
    return signing != null;
  }

  byte[] sign(byte[] input) {
    Key key = signing;
    if (key == null) {
      throw new IllegalStateException("key " + id + " cannot sign: its private half is not here");
    }
    if (algorithm == Algorithm.HS256) {
      return mac(key, input);
    }
    try {
      Signature signature =
          Signature.getInstance(algorithm == Algorithm.EDDSA ? EdDsa.ALGORITHM : ECDSA);
      signature.initSign((PrivateKey) key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  boolean verify(byte[] input, byte[] claimed) {
    return claimed.length == algorithm.signatureBytes() && check.holds(input, claimed);
  }

  private static SignatureCheck ecdsa(PublicKey key) {
    return (message, claimed) -> {
      if (!isScalar(claimed, 0) || !isScalar(claimed, 32)) {
        return false;
      }
      try {
        Signature signature = Signature.getInstance(ECDSA);
        signature.initVerify(key);
        signature.update(message);
        return signature.verify(claimed);
      } catch (GeneralSecurityException e) {
        return false;
      }
    };
  }

  /**
   * Whether 1 ≤ r, s < n. Java 17 before 17.0.3 took the signature of zeros for everything
   * (CVE-2022-21449).
   */
  private static boolean isScalar(byte[] signature, int from) {
    BigInteger value = new BigInteger(1, Arrays.copyOfRange(signature, from, from + 32));
    return value.signum() > 0 && value.compareTo(P256_ORDER) < 0;
  }

  private static byte[] mac(Key key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HMAC", e);
    }
  }

  @Override
  public String toString() {
    return "TicketKey[" + id + ", " + algorithm.text() + "]";
  }
}
