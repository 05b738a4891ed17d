package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Signed JWTs in compact form (RFC 7515 §7.1): {@code header.payload.signature}, each unpadded
 * base64url. The header is {@code {"alg":"EdDSA","kid":"..."}}, in any order, with {@code
 * "typ":"JWT"} if present; nothing else, so no {@code crit}, {@code jwk}, {@code jku} or {@code
 * x5c}.
 */
final class Jwt {
  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

  private Jwt() {}

  static String sign(Map<String, Object> claims, TicketKey key) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.algorithm().text());
    header.put("kid", key.id());
    String input = part(Json.write(header)) + "." + part(Json.write(claims));
    String token = input + "." + part(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    if (token.length() > Tickets.CHARACTERS_MAX) {
      throw new IllegalStateException("ticket of " + token.length() + " characters");
    }
    return token;
  }

  /** The claims, after the signature was checked; fails with {@link MalformedException}. */
  static Map<String, Object> verify(String token, TicketKeys keys) {
    if (token.length() > Tickets.CHARACTERS_MAX) {
      throw new MalformedException("P-101 ticket of " + token.length() + " characters");
    }
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3) {
      throw new MalformedException("P-101 ticket that has not three parts");
    }
    byte[] payload = bytes(parts[1]);
    byte[] signature = bytes(parts[2]);
    TicketKey key = key(bytes(parts[0]), keys);
    byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!key.verify(input, signature)) {
      throw new MalformedException("P-105 signature that is not of this key");
    }
    return Numbered.under("P-106", () -> Json.object(payload));
  }

  private static TicketKey key(byte[] utf8, TicketKeys keys) {
    Map<String, Object> header = Numbered.under("P-102", () -> header(utf8));
    TicketKey key =
        keys.find(Json.text(header, "kid"))
            .orElseThrow(() -> new MalformedException("P-103 kid of no key"));
    if (!Json.text(header, "alg").equals(key.algorithm().text())) {
      throw new MalformedException("P-104 not the algorithm of the key");
    }
    return key;
  }

  private static Map<String, Object> header(byte[] utf8) {
    Map<String, Object> header = Json.object(utf8);
    for (Map.Entry<String, Object> member : header.entrySet()) {
      if (!HEADER.contains(member.getKey()) || !(member.getValue() instanceof String)) {
        throw new MalformedException("unknown member of the header");
      }
    }
    if (!header.containsKey("alg")
        || !header.containsKey("kid")
        || !header.getOrDefault("typ", "JWT").equals("JWT")) {
      throw new MalformedException("header that is not of a JWT under a named key");
    }
    return header;
  }

  private static String part(byte[] bytes) {
    return Bytes.wrap(bytes).toBase64Url();
  }

  private static byte[] bytes(String part) {
    try {
      return Bytes.fromBase64Url(part).toByteArray();
    } catch (IllegalArgumentException e) {
      throw new MalformedException("P-101 not canonical base64url");
    }
  }
}
