package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * Who checks the Ed25519 signatures (RFC 8032 §5.1.7) of tickets: the JDK, or something faster that
 * whoever starts a hub brings along, since the hub itself may see no library of cryptography.
 */
@FunctionalInterface
public interface EdDsa {
  String ALGORITHM = "Ed25519";

  /** Of a public key. */
  int KEY_SIZE = 32;

  /**
   * Fails with {@link MalformedException} for what is no point of the curve, or not written in the
   * one way.
   *
   * @param publicKey 32 bytes
   */
  SignatureCheck of(Bytes publicKey);

  /** About half a millisecond for each signature. */
  static EdDsa jdk() {
    return publicKey -> {
      PublicKey key = jdkKey(publicKey);
      return (message, signature) -> {
        try {
          return verifier(key, message).verify(signature);
        } catch (GeneralSecurityException e) {
          return false;
        }
      };
    };
  }

  private static PublicKey jdkKey(Bytes publicKey) {
    if (publicKey.size() != KEY_SIZE) {
      throw new MalformedException("key that is not valid for EdDSA");
    }
    byte[] bigEndian = new byte[publicKey.size()];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = publicKey.get(bigEndian.length - 1 - i);
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
      // Only here does the JDK look whether it is a point, and written in the one way.
      Signature.getInstance(ALGORITHM).initVerify(key);
      return key;
    } catch (GeneralSecurityException e) {
      throw new MalformedException("key that is not valid for EdDSA");
    }
  }

  private static Signature verifier(PublicKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initVerify(key);
    signature.update(message);
    return signature;
  }
}
