package dev.zamok.hub.endpoint;

import java.nio.charset.StandardCharsets;

/** A request that is answered by the endpoint itself; the connection ends with it. */
enum Refusal implements Upgrade.Answer {
  BAD_REQUEST("400 Bad Request", ""),
  FORBIDDEN("403 Forbidden", ""),
  NOT_FOUND("404 Not Found", ""),
  METHOD("405 Method Not Allowed", "Allow: GET\r\n"),
  LINE_TOO_LONG("414 URI Too Long", ""),
  UPGRADE_REQUIRED("426 Upgrade Required", "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
  HEADERS_TOO_LARGE("431 Request Header Fields Too Large", ""),
  UNAVAILABLE("503 Service Unavailable", "Retry-After: 1\r\n");

  private final String status;
  private final String headers;

  Refusal(String status, String headers) {
    this.status = status;
    this.headers = headers;
  }

  byte[] response() {
    String text =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + headers
            + "Content-Type: text/plain\r\nContent-Length: "
            + (status.length() + 1)
            + "\r\nConnection: close\r\n\r\n"
            + status
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
