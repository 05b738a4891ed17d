package dev.zamok.hub.endpoint;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The opening handshake of the server (RFC 6455 §4.2), checks H-004 to H-012. */
final class Upgrade {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Upgrade() {}

  /** What to answer. */
  sealed interface Answer permits Accepted, Refusal {}

  /** 101 with this {@code Sec-WebSocket-Accept}. */
  record Accepted(String accept) implements Answer {
    String response() {
      return "HTTP/1.1 101 Switching Protocols\r\n"
          + "Upgrade: websocket\r\n"
          + "Connection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + accept
          + "\r\nSec-WebSocket-Protocol: "
          + EndpointConfig.SUBPROTOCOL
          + "\r\n\r\n";
    }
  }

  static Answer check(HttpRequest request, Set<String> origins) {
    HttpHeaders headers = request.headers();
    if (!request.method().equals(HttpMethod.GET)) {
      return Refusal.METHOD; // H-004
    }
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return Refusal.BAD_REQUEST; // H-005
    }
    if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
      return Refusal.BAD_REQUEST; // H-006
    }
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")) {
      return Refusal.BAD_REQUEST; // H-007: there is no body to an upgrade
    }
    if (!names(headers.getAll(HttpHeaderNames.UPGRADE), "websocket")
        || !names(headers.getAll(HttpHeaderNames.CONNECTION), "upgrade")) {
      return Refusal.UPGRADE_REQUIRED; // H-008
    }
    if (!only(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION)).equals("13")) {
      return Refusal.UPGRADE_REQUIRED; // H-009
    }
    String key = only(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY));
    if (!isKey(key)) {
      return Refusal.BAD_REQUEST; // H-010
    }
    if (!lists(
        headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL), EndpointConfig.SUBPROTOCOL)) {
      return Refusal.BAD_REQUEST; // H-011
    }
    List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
    if (!origin.isEmpty() && !origins.contains(only(origin))) {
      return Refusal.FORBIDDEN; // H-012
    }
    return new Accepted(accept(key));
  }

  /** The one value, or nothing that is valid anywhere. */
  private static String only(List<String> values) {
    return values.size() == 1 ? values.get(0) : "";
  }

  private static boolean names(List<String> values, String token) {
    return values.stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(token));
  }

  private static boolean lists(List<String> values, String protocol) {
    return values.stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .anyMatch(value -> value.strip().equals(protocol));
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** RFC 6455 §4.2.2, step 5.4. SHA-1 carries no security here. */
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-1", e);
    }
  }
}
