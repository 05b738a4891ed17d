package dev.zamok.protocol.ticket;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ConnectionId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Published example keys, one moment, and tokens of any content. */
final class Fixed {
  /** RFC 8037 Appendix A.1. */
  static final String ED =
      """
      {"kid":"ed","alg":"EdDSA","kty":"OKP","crv":"Ed25519",\
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",\
      "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}""";

  /** RFC 7515 Appendix A.3. */
  static final String EC =
      """
      {"kid":"ec","alg":"ES256","kty":"EC","crv":"P-256",\
      "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
      "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",\
      "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

  /** RFC 7515 Appendix A.1. */
  static final String HS =
      """
      {"kid":"hs","alg":"HS256","kty":"oct",\
      "k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

  static final TicketKeys KEYS = keys(ED, EC, HS);
  static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
  static final RoomId ROOM = RoomId.of(Bytes.fromHex("01a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
  static final MemberTag TAG = MemberTag.of(Bytes.fromHex("d0d1d2d3d4d5d6d7"));

  private Fixed() {}

  static TicketKeys keys(String... jwks) {
    return TicketKeys.parse(set(jwks).getBytes(StandardCharsets.UTF_8));
  }

  static String set(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  static TicketKey key(String id) {
    return KEYS.find(id).orElseThrow();
  }

  static Ticket ticket(int rooms) {
    List<Grant> grants =
        IntStream.range(0, rooms)
            .mapToObj(
                i -> new Grant(new RoomId(ROOM.high(), i), TAG, EnumSet.allOf(Right.class), i, i))
            .toList();
    return ticket(grants);
  }

  static Ticket ticket(List<Grant> grants) {
    return new Ticket(
        new SessionId(1, 2), new ConnectionId(3, 4), NOW, NOW.plusSeconds(600), grants);
  }

  static ServiceTicket service() {
    return new ServiceTicket(
        "zamok-authority",
        NOW,
        NOW.plusSeconds(3_600),
        Set.of(ServiceTicket.Scope.PUSH, ServiceTicket.Scope.READ));
  }

  /** A token of any header and payload, signed as the header would have it by {@code key}. */
  static String token(String header, String payload, TicketKey key) {
    String input = part(header) + "." + part(payload);
    return input + "." + Bytes.wrap(key.sign(ascii(input))).toBase64Url();
  }

  /** A well-made header, any payload. */
  static String token(String payload) {
    return token("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}", payload, key("ed"));
  }

  static String part(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)).toBase64Url();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The claims of a client ticket for no room, as JSON. */
  static String claims() {
    return claims("[]");
  }

  static String claims(String rooms) {
    return "{\"aud\":\"zamok-hub\",\"iat\":1767225600,\"exp\":1767226200,\"sid\":\""
        + new SessionId(1, 2)
        + "\",\"cid\":\""
        + new ConnectionId(3, 4)
        + "\",\"rooms\":"
        + rooms
        + "}";
  }

  static String serviceClaims() {
    return "{\"aud\":\"zamok-service\",\"iat\":1767225600,\"exp\":1767229200,"
        + "\"svc\":\"bot\",\"scope\":[\"push\"]}";
  }
}
