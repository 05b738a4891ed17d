package dev.zamok.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the wait before attempt k is uniform in [0, min(max, first
 * · 2^k)], so that the clients of a hub that died do not come back together.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration MAX = Duration.ofSeconds(30);

  private static final int DOUBLINGS_MAX = 16;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait before the next attempt. */
  Duration next() {
    long ceiling = Math.min(MAX.toMillis(), FIRST.toMillis() << Math.min(failures, DOUBLINGS_MAX));
    failures++;
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  /** After an attempt that lasted. */
  void reset() {
    failures = 0;
  }
}
