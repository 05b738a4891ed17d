package dev.zamok.client.connection;

import dev.zamok.client.loop.Loop;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to renew the ticket of an open connection. */
final class Renewal {
  /** Renews when between 60 and 80 per cent of the time is over. */
  static final double EARLIEST = 0.6;

  static final double SPREAD = 0.2;
  static final Duration RETRY = Duration.ofSeconds(10);
  static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  private final Loop loop;
  private final RandomGenerator random;
  private final Runnable renew;
  private Loop.Timer timer = Loop.Timer.NONE;

  Renewal(Loop loop, RandomGenerator random, Runnable renew) {
    this.loop = loop;
    this.random = random;
    this.renew = renew;
  }

  void scheduleBefore(long expiresAtMillis) {
    long remaining = Math.max(0, expiresAtMillis - loop.wallMillis());
    double part = EARLIEST + SPREAD * random.nextDouble();
    long delay = Math.max(PAUSE_MIN.toMillis(), (long) (remaining * part));
    after(Duration.ofMillis(delay));
  }

  void retry() {
    after(RETRY.dividedBy(2).plusMillis(random.nextLong(RETRY.toMillis() / 2 + 1)));
  }

  void now() {
    after(Duration.ZERO);
  }

  void stop() {
    timer.cancel();
  }

  private void after(Duration delay) {
    timer.cancel();
    timer = loop.after(delay, renew);
  }
}
