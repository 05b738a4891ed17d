package dev.zamok.hub.limit;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Both clocks of a hub: what tickets are measured by, and what time-outs and rates are measured by.
 *
 * @param nanos monotonic, of any origin
 */
public record Time(Clock wall, LongSupplier nanos) {
  /** The given wall clock and the monotonic clock of the machine. */
  public static Time of(Clock wall) {
    return new Time(wall, System::nanoTime);
  }

  public Instant now() {
    return wall.instant();
  }

  public long monotonicNanos() {
    return nanos.getAsLong();
  }
}
