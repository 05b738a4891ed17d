package dev.zamok.authority.store.cassandra;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When rows go. The clock of the authority decides what a reader sees; the ring only clears away
 * what has been invisible for a while, for its clocks may differ.
 */
final class Expiry {
  /** The column's value for rows that stay. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long KEPT_SECONDS = 86_400;
  private static final long MILLIS = 1_000;

  /** Of Cassandra: 20 years. What lasts longer is never cleared away. */
  private static final long SECONDS_MAX = 630_720_000;

  private Expiry() {}

  static long millis(@Nullable Instant expires) {
    return expires == null ? NEVER : expires.toEpochMilli();
  }

  /** The ring's time to live for a row; 0 for none. */
  static int seconds(long expires, long now) {
    if (expires == NEVER) {
      return 0;
    }
    long seconds = Math.max(0, (expires - now) / MILLIS) + KEPT_SECONDS;
    return seconds > SECONDS_MAX ? 0 : (int) seconds;
  }
}
