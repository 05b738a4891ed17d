package dev.zamok.hub;

import dev.zamok.hub.limit.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, standing still until they are advanced. */
public final class TestTime {
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicLong nanos = new AtomicLong(1);

  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  public Time time() {
    return new Time(
        new Clock() {
          @Override
          public Instant instant() {
            return now();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        },
        nanos::get);
  }
}
