package dev.zamok.protocol;

/**
 * Why a request was refused: a stable number, a text that is safe to show, and whether trying again
 * may help.
 */
public enum ErrorCode {
  /** Outcome unknown: try again, under the same id only. */
  UNAVAILABLE(1, "the log is not available; the outcome is unknown", true),
  OVERLOADED(2, "too much is waiting to be stored", true),
  /** Encrypt again under the current epoch of the room and publish under the same id. */
  STALE_EPOCH(3, "the epoch is not accepted any more, or not yet", true),
  EVICTED(4, "this membership has ended", false),
  UNKNOWN_ROOM(5, "no such room, or the ticket does not name it", false),
  NOT_PERMITTED(6, "the ticket does not give this right", false),
  RATE_LIMITED(7, "too many requests", true),
  TOO_MANY_ROOMS(8, "too many rooms on one connection", false),
  NOT_JOINED(9, "join the room first", false),
  TOO_LARGE(10, "the envelope is too large", false),
  TICKET_INVALID(11, "the ticket is not valid", false),
  TICKET_EXPIRED(12, "the ticket has expired", true),
  /**
   * Another holder of the lease has taken over, or the state of the room is not what the caller
   * expected.
   */
  FENCED(13, "the lease or the expected state is no longer current", false);

  private static final ErrorCode[] BY_NUMBER = values();

  private final int number;
  private final String text;
  private final boolean retry;

  ErrorCode(int number, String text, boolean retry) {
    this.number = number;
    this.text = text;
    this.retry = retry;
  }

  public int number() {
    return number;
  }

  public String text() {
    return text;
  }

  /** Whether asking again may help, after doing what {@code PROTOCOL.md} §11 says. */
  public boolean retry() {
    return retry;
  }

  /** Fails with {@link MalformedException} for a number that is not assigned. */
  public static ErrorCode of(int number) {
    if (number < 1 || number > BY_NUMBER.length) {
      throw new MalformedException("P-038 unknown error code " + number);
    }
    return BY_NUMBER[number - 1];
  }
}
