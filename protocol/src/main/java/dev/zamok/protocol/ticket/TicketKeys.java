package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWK set (RFC 7517) of ticket keys: {@code OKP/Ed25519} for EdDSA (RFC 8037), {@code EC/P-256}
 * for ES256, {@code oct} of at least 32 bytes for HS256. Every key names its {@code kid} and its
 * {@code alg}; at most {@value #KEYS_MAX}.
 */
public final class TicketKeys {
  public static final int KEYS_MAX = 16;

  private final Map<String, TicketKey> byId;

  private TicketKeys(Map<String, TicketKey> byId) {
    this.byId = byId;
  }

  public static TicketKeys of(List<TicketKey> keys) {
    Map<String, TicketKey> byId = new LinkedHashMap<>();
    for (TicketKey key : keys) {
      if (byId.put(key.id(), key) != null) {
        throw new MalformedException("two keys of one kid");
      }
    }
    if (byId.isEmpty() || byId.size() > KEYS_MAX) {
      throw new MalformedException("1 to " + KEYS_MAX + " keys are wanted, not " + byId.size());
    }
    return new TicketKeys(byId);
  }

  /** Fails with {@link MalformedException}; its text names the fault, never the key. */
  public static TicketKeys parse(byte[] utf8) {
    List<TicketKey> keys = new ArrayList<>();
    for (Object jwk : Json.list(Json.object(utf8).get("keys"), "keys")) {
      if (!(jwk instanceof Map<?, ?>)) {
        throw new MalformedException("a key that is not an object");
      }
      @SuppressWarnings("unchecked") // Json makes no other maps
      Map<String, Object> members = (Map<String, Object>) jwk;
      keys.add(key(members));
    }
    return of(keys);
  }

  public Optional<TicketKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The first that can sign; fails with {@link MalformedException} when there is none. */
  public TicketKey signing() {
    return byId.values().stream()
        .filter(TicketKey::canSign)
        .findFirst()
        .orElseThrow(() -> new MalformedException("no key of the set can sign"));
  }

  private static TicketKey key(Map<String, Object> jwk) {
    String id = Json.text(jwk, "kid");
    if (id.isEmpty() || id.length() > 64) {
      throw new MalformedException("kid of " + id.length() + " characters");
    }
    Algorithm algorithm = Algorithm.parse(Json.text(jwk, "alg"));
    try {
      return switch (algorithm) {
        case EDDSA -> ed25519(id, jwk);
        case ES256 -> p256(id, jwk);
        case HS256 -> secret(id, jwk);
      };
    } catch (GeneralSecurityException e) {
      throw new MalformedException("key that is not valid for " + algorithm.text());
    }
  }

  private static TicketKey ed25519(String id, Map<String, Object> jwk)
      throws GeneralSecurityException {
    demand(jwk, "kty", "OKP");
    demand(jwk, "crv", "Ed25519");
    KeyFactory factory = KeyFactory.getInstance("Ed25519");
    byte[] y = field(jwk, "x", 32);
    boolean xOdd = (y[31] & 0x80) != 0;
    y[31] &= 0x7f;
    PublicKey verifying =
        factory.generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(xOdd, littleEndian(y))));
    PrivateKey signing =
        jwk.containsKey("d")
            ? factory.generatePrivate(
                new EdECPrivateKeySpec(NamedParameterSpec.ED25519, field(jwk, "d", 32)))
            : null;
    return matching(TicketKey.asymmetric(id, Algorithm.EDDSA, verifying, signing));
  }

  private static TicketKey p256(String id, Map<String, Object> jwk)
      throws GeneralSecurityException {
    demand(jwk, "kty", "EC");
    demand(jwk, "crv", "P-256");
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
    ECPoint point =
        new ECPoint(new BigInteger(1, field(jwk, "x", 32)), new BigInteger(1, field(jwk, "y", 32)));
    KeyFactory factory = KeyFactory.getInstance("EC");
    PublicKey verifying = factory.generatePublic(new ECPublicKeySpec(point, curve));
    PrivateKey signing =
        jwk.containsKey("d")
            ? factory.generatePrivate(
                new ECPrivateKeySpec(new BigInteger(1, field(jwk, "d", 32)), curve))
            : null;
    return matching(TicketKey.asymmetric(id, Algorithm.ES256, verifying, signing));
  }

  private static TicketKey secret(String id, Map<String, Object> jwk) {
    demand(jwk, "kty", "oct");
    byte[] key = bytes(Json.text(jwk, "k"));
    if (key.length < 32 || key.length > 128) {
      throw new MalformedException("HS256 wants a key of 32 to 128 bytes");
    }
    return TicketKey.symmetric(id, new SecretKeySpec(key, "HmacSHA256"));
  }

  /** A private half that does not belong to the public one would sign what nobody accepts. */
  private static TicketKey matching(TicketKey key) {
    byte[] probe = new byte[32];
    if (key.canSign() && !key.verify(probe, key.sign(probe))) {
      throw new MalformedException("private and public half do not belong together");
    }
    return key;
  }

  private static void demand(Map<String, Object> jwk, String name, String wanted) {
    if (!Json.text(jwk, name).equals(wanted)) {
      throw new MalformedException("\"" + name + "\" must be " + wanted);
    }
  }

  private static byte[] field(Map<String, Object> jwk, String name, int size) {
    byte[] value = bytes(Json.text(jwk, name));
    if (value.length != size) {
      throw new MalformedException("\"" + name + "\" must have " + size + " bytes");
    }
    return value;
  }

  private static byte[] bytes(String base64Url) {
    try {
      return Bytes.fromBase64Url(base64Url).toByteArray();
    } catch (IllegalArgumentException e) {
      throw new MalformedException("not base64url");
    }
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
