package dev.zamok.authority.lease;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * For how long an authority whose beats came too late takes no leases: as long as others take to
 * find one dead, and twice as long each time that it happens again soon.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Lateness {
  private static final int PAUSES_MAX = 64;

  private final LongSupplier nanos;
  private final long least;
  private long pause;
  private long until;

  Lateness(Duration least, LongSupplier nanos) {
    this.nanos = nanos;
    this.least = least.toNanos();
    this.until = nanos.getAsLong();
  }

  /** A beat came too late, just now. */
  void happened() {
    long now = nanos.getAsLong();
    if (!lasts()) {
      boolean soon = now - until < pause;
      pause = soon ? Math.min(2 * pause, PAUSES_MAX * least) : least;
    }
    until = now + pause;
  }

  boolean lasts() {
    return until - nanos.getAsLong() > 0;
  }
}
