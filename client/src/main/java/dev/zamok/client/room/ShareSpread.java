package dev.zamok.client.room;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a member asks for the share of an announced reset: at a random moment, the same for all
 * moments between the announcement and some seconds before the reset, so that the members of a
 * large room do not ask all at once.
 */
public final class ShareSpread {
  /** A share that was announced is fetched at least so long before the reset. */
  private static final Duration FETCH_BEFORE = Duration.ofSeconds(5);

  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private ShareSpread() {}

  /**
   * How long to wait from now.
   *
   * @param lead from now to the reset; may be negative, for one that is over
   */
  public static Duration wait(Duration lead, RandomGenerator random) {
    long left = Math.min(lead.minus(FETCH_BEFORE).toMillis(), WAIT_MAX.toMillis());
    return Duration.ofMillis(random.nextLong(Math.max(1, left)));
  }
}
