package dev.zamok.protocol.ticket;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * One key of a JWK set, bound to one algorithm: the header of a token never chooses.
 *
 * <p>Thread-safe: every operation takes its own JCA object.
 */
public final class TicketKey {
  private final String id;
  private final Algorithm algorithm;
  private final Key verifying;
  private final @Nullable Key signing;

  private TicketKey(String id, Algorithm algorithm, Key verifying, @Nullable Key signing) {
    this.id = id;
    this.algorithm = algorithm;
    this.verifying = verifying;
    this.signing = signing;
  }

  static TicketKey asymmetric(
      String id, Algorithm algorithm, PublicKey verifying, @Nullable PrivateKey signing) {
    return new TicketKey(id, algorithm, verifying, signing);
  }

  static TicketKey symmetric(String id, SecretKey key) {
    return new TicketKey(id, Algorithm.HS256, key, key);
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

  Key verifying() {
    return verifying;
  }

  @Nullable Key signing() {
    return signing;
  }

  byte[] sign(byte[] input) {
    Key key = signing;
    if (key == null) {
      throw new IllegalStateException("key " + id + " cannot sign: its private half is not here");
    }
    try {
      if (algorithm == Algorithm.HS256) {
        return mac(key, input);
      }
      Signature signature = Signature.getInstance(jcaName());
      signature.initSign((PrivateKey) key);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  boolean verify(byte[] input, byte[] claimed) {
    if (claimed.length != algorithm.signatureBytes()) {
      return false;
    }
    try {
      if (algorithm == Algorithm.HS256) {
        return MessageDigest.isEqual(mac(verifying, input), claimed);
      }
      Signature signature = Signature.getInstance(jcaName());
      signature.initVerify((PublicKey) verifying);
      signature.update(input);
      return signature.verify(claimed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String jcaName() {
    return algorithm == Algorithm.EDDSA ? "Ed25519" : "SHA256withECDSAinP1363Format";
  }

  private static byte[] mac(Key key, byte[] input) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    return mac.doFinal(input);
  }

  @Override
  public String toString() {
    return "TicketKey[" + id + ", " + algorithm.text() + "]";
  }
}
