package dev.zamok.app.e2e;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, moved ahead by a test. */
final class MovingClock extends Clock {
  private final Clock base = Clock.systemUTC();
  private final AtomicLong aheadMillis = new AtomicLong();

  void advance(Duration by) {
    aheadMillis.addAndGet(by.toMillis());
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instant instant() {
    return base.instant().plusMillis(aheadMillis.get());
  }
}
