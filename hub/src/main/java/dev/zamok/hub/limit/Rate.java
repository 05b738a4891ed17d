package dev.zamok.hub.limit;

/**
 * So many per second, and so many at once after a pause. Immutable; shared by all connections.
 *
 * @param perSecond at least 1
 * @param burst at least 1
 */
public record Rate(int perSecond, int burst) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  public Rate {
    if (perSecond < 1 || perSecond > 1_000_000 || burst < 1 || burst > 10_000_000) {
      throw new IllegalArgumentException("no such rate: " + perSecond + "/s, burst " + burst);
    }
  }

  long intervalNanos() {
    return SECOND_NANOS / perSecond;
  }

  long burstNanos() {
    return burst * intervalNanos();
  }
}
