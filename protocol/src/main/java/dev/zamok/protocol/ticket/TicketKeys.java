package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.json.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWK set (RFC 7517) of ticket keys: {@code OKP/Ed25519} for EdDSA (RFC 8037), {@code EC/P-256}
 * for ES256, {@code oct} of 32 to 128 bytes for HS256. Every key names its {@code kid} (1 to 64
 * characters of {@code A-Z a-z 0-9 . _ -}) and its {@code alg}; {@code use}, if there, is {@code
 * sig}. At most {@value #KEYS_MAX} keys and {@value #BYTES_MAX} bytes. Other members are ignored,
 * as RFC 7517 §4 demands. The checks are {@code P-121} to {@code P-125} of {@code PROTOCOL.md}.
 */
public final class TicketKeys {
  public static final int KEYS_MAX = 16;
  public static final int BYTES_MAX = 65_536;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * The y of the points whose order divides 8, little-endian, without the sign of x. Under such a
   * key anybody can sign.
   */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private final Map<String, TicketKey> byId;

  private TicketKeys(Map<String, TicketKey> byId) {
    this.byId = byId;
  }

  public static TicketKeys of(List<TicketKey> keys) {
    Map<String, TicketKey> byId = new LinkedHashMap<>();
    for (TicketKey key : keys) {
      if (byId.put(key.id(), key) != null) {
        throw new MalformedException("P-121 two keys of one kid");
      }
    }
    if (byId.isEmpty() || byId.size() > KEYS_MAX) {
      throw new MalformedException(
          "P-121 1 to " + KEYS_MAX + " keys are wanted, not " + byId.size());
    }
    return new TicketKeys(byId);
  }

  /** Fails with {@link MalformedException}; its text names the fault, never the key. */
  public static TicketKeys parse(byte[] utf8) {
    return parse(utf8, EdDsa.jdk());
  }

  /** As {@link #parse(byte[])}; EdDSA signatures are checked by {@code edDsa}. */
  public static TicketKeys parse(byte[] utf8, EdDsa edDsa) {
    if (utf8.length > BYTES_MAX) {
      throw new MalformedException("P-121 JWK set of " + utf8.length + " bytes");
    }
    List<TicketKey> keys = new ArrayList<>();
    for (Object jwk : Numbered.under("P-121", () -> Json.list(Json.object(utf8), "keys"))) {
      if (!(jwk instanceof Map<?, ?>)) {
        throw new MalformedException("P-121 key that is not an object");
      }
      @SuppressWarnings("unchecked") // Json makes no other maps
      Map<String, Object> members = (Map<String, Object>) jwk;
      keys.add(key(members, edDsa));
    }
    return of(keys);
  }

  public Optional<TicketKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whether a check costs microseconds, whatever key a token names: all are secrets of HS256. */
  public boolean areSecrets() {
    return byId.values().stream().allMatch(key -> key.algorithm() == Algorithm.HS256);
  }

  /** The first that can sign; fails with {@link MalformedException} when there is none. */
  public TicketKey signing() {
    return byId.values().stream()
        .filter(TicketKey::canSign)
        .findFirst()
        .orElseThrow(() -> new MalformedException("no key of the set can sign"));
  }

  private static TicketKey key(Map<String, Object> jwk, EdDsa edDsa) {
    String id = Numbered.under("P-121", () -> Json.text(jwk, "kid"));
    if (!ID.matcher(id).matches()) {
      throw new MalformedException("P-121 kid that is not 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    Algorithm algorithm = Numbered.under("P-122", () -> Algorithm.parse(Json.text(jwk, "alg")));
    if (!jwk.getOrDefault("use", "sig").equals("sig")) {
      throw new MalformedException("P-122 key that is not for signatures");
    }
    return Numbered.under("P-123", () -> key(id, algorithm, jwk, edDsa));
  }

  private static TicketKey key(
      String id, Algorithm algorithm, Map<String, Object> jwk, EdDsa edDsa) {
    try {
      return switch (algorithm) {
        case EDDSA -> ed25519(id, jwk, edDsa);
        case ES256 -> p256(id, jwk);
        case HS256 -> secret(id, jwk);
      };
    } catch (GeneralSecurityException e) {
      throw new MalformedException("key that is not valid for " + algorithm.text());
    }
  }

  private static TicketKey ed25519(String id, Map<String, Object> jwk, EdDsa edDsa)
      throws GeneralSecurityException {
    demand(jwk, "kty", "OKP");
    demand(jwk, "crv", "Ed25519");
    byte[] key = field(jwk, "x", 32);
    byte[] y = key.clone();
    y[31] &= 0x7f;
    if (SMALL_ORDER.contains(Bytes.copyOf(y).toHex())) {
      throw new MalformedException("key of a small order");
    }
    PrivateKey signing =
        jwk.containsKey("d")
            ? KeyFactory.getInstance(EdDsa.ALGORITHM)
                .generatePrivate(
                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, field(jwk, "d", 32)))
            : null;
    return matching(TicketKey.edDsa(id, edDsa.of(Bytes.wrap(key)), signing));
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
    demandOnCurve(point, curve);
    KeyFactory factory = KeyFactory.getInstance("EC");
    PublicKey verifying = factory.generatePublic(new ECPublicKeySpec(point, curve));
    PrivateKey signing = null;
    if (jwk.containsKey("d")) {
      BigInteger d = new BigInteger(1, field(jwk, "d", 32));
      if (d.signum() == 0 || d.compareTo(curve.getOrder()) >= 0) {
        throw new MalformedException("private key out of range");
      }
      signing = factory.generatePrivate(new ECPrivateKeySpec(d, curve));
    }
    return matching(TicketKey.es256(id, verifying, signing));
  }

  /** The JDK does not look (SEC 1 §3.2.2.1). */
  private static void demandOnCurve(ECPoint point, ECParameterSpec curve) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3).add(x.multiply(curve.getCurve().getA())).add(curve.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new MalformedException("point that is not on the curve");
    }
  }

  private static TicketKey secret(String id, Map<String, Object> jwk) {
    demand(jwk, "kty", "oct");
    byte[] key = bytes(Json.text(jwk, "k"));
    if (key.length < 32 || key.length > 128) {
      throw new MalformedException("P-125 HS256 wants a key of 32 to 128 bytes");
    }
    return TicketKey.hs256(id, new SecretKeySpec(key, "HmacSHA256"));
  }

  /** A private half that does not belong to the public one would sign what nobody accepts. */
  private static TicketKey matching(TicketKey key) {
    byte[] probe = new byte[32];
    if (key.canSign() && !key.verify(probe, key.sign(probe))) {
      throw new MalformedException("P-124 private and public half do not belong together");
    }
    return key;
  }

  private static void demand(Map<String, Object> jwk, String name, String wanted) {
    if (!Json.text(jwk, name).equals(wanted)) {
      throw new MalformedException("P-122 \"" + name + "\" must be " + wanted);
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
}
