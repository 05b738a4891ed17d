package dev.zamok.client.connection;

import dev.zamok.client.loop.Loop;

/**
 * Publishes no faster than the hub takes it: what it refuses would arrive behind what it took
 * meanwhile, and too many refusals end the connection. Belongs to the client's loop.
 *
 * <p>Stays a little below the rate that WELCOME names, since frames bunch up on their way, and
 * allows one second's worth at once.
 */
final class Pace {
  private static final double PART = 0.95;

  private final Loop loop;
  private double intervalMillis = 1_000.0;
  private double burstMillis = 1_000.0;

  /** When the bucket is full again. */
  private double fullAt;

  Pace(Loop loop) {
    this.loop = loop;
  }

  /** A new connection, which has sent nothing yet. */
  void reset(int perSecond) {
    intervalMillis = 1_000.0 / (perSecond * PART);
    burstMillis = Math.max(intervalMillis, perSecond * intervalMillis);
    fullAt = (double) loop.monotonicMillis();
  }

  /** 0 when one may be sent, which counts as sent then; otherwise how many milliseconds to wait. */
  long take() {
    double now = (double) loop.monotonicMillis();
    double next = Math.max(fullAt, now) + intervalMillis;
    double excess = next - now - burstMillis;
    if (excess > 0) {
      return (long) Math.ceil(excess);
    }
    fullAt = next;
    return 0;
  }
}
