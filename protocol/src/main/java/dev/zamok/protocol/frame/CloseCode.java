package dev.zamok.protocol.frame;

import java.util.Optional;

/**
 * Why the hub closed a connection (RFC 6455 §7.4.2, the private range). 4000–4499: reconnect with
 * backoff and jitter; 4500–4999: do not, the same would happen again.
 */
public enum CloseCode {
  GOING_AWAY(4000, "the hub is shutting down"),
  TICKET_EXPIRED(4001, "the ticket has expired"),
  HELLO_TIMEOUT(4002, "no HELLO in time"),
  IDLE(4003, "no heartbeat in time"),
  OVERLOADED(4004, "too many connections"),
  TOO_SLOW(4008, "the connection does not read"),
  LOG_UNAVAILABLE(4010, "the log is not available"),
  INTERNAL(4011, "an error of the hub"),
  PROTOCOL(4500, "the frames break the protocol"),
  TICKET_INVALID(4501, "the ticket is not valid"),
  REVOKED(4502, "the session was revoked"),
  FLOOD(4503, "too many requests after warning"),
  FRAME_TOO_LARGE(4504, "the frame is too large"),
  TEXT_FRAME(4505, "text frames are not spoken here");

  private final int number;
  private final String text;

  CloseCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  public int number() {
    return number;
  }

  /** Safe to show; ASCII, at most 123 bytes. */
  public String text() {
    return text;
  }

  public boolean reconnect() {
    return reconnect(number);
  }

  /** Whether a client reconnects after any close code, of RFC 6455 or ours, known or not. */
  public static boolean reconnect(int number) {
    return number < 4500 || number > 4999;
  }

  public static Optional<CloseCode> of(int number) {
    for (CloseCode code : values()) {
      if (code.number == number) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
