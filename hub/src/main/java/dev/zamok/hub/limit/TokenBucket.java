package dev.zamok.hub.limit;

/**
 * A token bucket in one number (the "generic cell rate algorithm", ITU-T I.371): the time at which
 * the bucket will be full again. Belongs to one event loop.
 */
public final class TokenBucket {
  private final Rate rate;
  private long fullAtNanos;

  /** Full at first. */
  public TokenBucket(Rate rate, long nowNanos) {
    this.rate = rate;
    this.fullAtNanos = nowNanos;
  }

  /**
   * Takes {@code tokens}, at most the burst, all or none.
   *
   * @return 0 when they were taken, else how many nanoseconds to wait before trying again
   */
  public long take(int tokens, long nowNanos) {
    long from = fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos;
    long next = from + tokens * rate.intervalNanos();
    long excess = next - nowNanos - rate.burstNanos();
    if (excess > 0) {
      return excess;
    }
    fullAtNanos = next;
    return 0;
  }
}
