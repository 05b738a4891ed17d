package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes JWK sets of one new key. */
public final class TicketKeyMaker {
  private TicketKeyMaker() {}

  /**
   * A JWK set as JSON.
   *
   * @param whole what signs: a secret, keep it owner-only
   * @param verifying what hubs need; for HS256 the same as {@code whole}
   */
  public record Made(String whole, String verifying) {
    @Override
    public String toString() {
      return "Made[secret]";
    }
  }

  public static Made make(Algorithm algorithm, SecureRandom random) {
    byte[] idBytes = new byte[6];
    random.nextBytes(idBytes);
    Map<String, String> open = new LinkedHashMap<>();
    open.put("kid", Bytes.wrap(idBytes).toBase64Url());
    open.put("alg", algorithm.text());
    Map<String, String> secret = new LinkedHashMap<>();
    try {
      switch (algorithm) {
        case EDDSA -> ed25519(open, secret, random);
        case ES256 -> p256(open, secret, random);
        case HS256 -> {
          byte[] key = new byte[32];
          random.nextBytes(key);
          open.put("kty", "oct");
          open.put("k", Bytes.wrap(key).toBase64Url());
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + algorithm.text(), e);
    }
    String verifying = set(open);
    open.putAll(secret);
    return new Made(set(open), verifying);
  }

  private static void ed25519(
      Map<String, String> open, Map<String, String> secret, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, random);
    KeyPair pair = generator.generateKeyPair();
    EdECPublicKey verifying = (EdECPublicKey) pair.getPublic();
    byte[] y = fixed(verifying.getPoint().getY(), 32);
    byte[] encoded = new byte[32];
    for (int i = 0; i < 32; i++) {
      encoded[i] = y[31 - i];
    }
    if (verifying.getPoint().isXOdd()) {
      encoded[31] |= (byte) 0x80;
    }
    open.put("kty", "OKP");
    open.put("crv", "Ed25519");
    open.put("x", Bytes.wrap(encoded).toBase64Url());
    byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    secret.put("d", Bytes.wrap(seed).toBase64Url());
  }

  private static void p256(
      Map<String, String> open, Map<String, String> secret, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    ECPublicKey verifying = (ECPublicKey) pair.getPublic();
    open.put("kty", "EC");
    open.put("crv", "P-256");
    open.put("x", Bytes.wrap(fixed(verifying.getW().getAffineX(), 32)).toBase64Url());
    open.put("y", Bytes.wrap(fixed(verifying.getW().getAffineY(), 32)).toBase64Url());
    BigInteger s = ((ECPrivateKey) pair.getPrivate()).getS();
    secret.put("d", Bytes.wrap(fixed(s, 32)).toBase64Url());
  }

  private static byte[] fixed(BigInteger value, int size) {
    byte[] minimal = value.toByteArray();
    byte[] result = new byte[size];
    int from = Math.max(0, minimal.length - size);
    int length = minimal.length - from;
    System.arraycopy(minimal, from, result, size - length, length);
    return result;
  }

  private static String set(Map<String, String> jwk) {
    byte[] utf8 = Json.write(Map.of("keys", List.of(jwk)));
    return new String(utf8, StandardCharsets.UTF_8) + "\n";
  }
}
