package dev.zamok.load.faults;

import java.time.Duration;

/**
 * How much a run does: the short form belongs to every build, the full one to {@code -Pfaults}.
 *
 * @param hold how long a fault lasts, such as a stopped process
 * @param between how long the talk goes on after each
 * @param pairs random pairs of faults after the single ones
 */
record Scale(
    boolean full,
    int rooms,
    int clients,
    int roomsPerClient,
    int perSecond,
    Duration hold,
    Duration between,
    int pairs) {
  /** Patience with a machine under load; nothing is judged by it. */
  static final Duration RECOVERY_MAX = Duration.ofMinutes(5);

  /** Of the pairs, and of the traffic; printed. */
  static final long SEED = Long.getLong("zamok.faults.seed", 20_260_101L);

  private static final boolean FULL = "full".equals(System.getProperty("zamok.faults"));

  static Scale oneNode() {
    return FULL
        ? new Scale(true, 50, 300, 2, 50, Duration.ofSeconds(15), Duration.ofSeconds(5), 0)
        : new Scale(false, 4, 12, 2, 20, Duration.ofSeconds(3), Duration.ofSeconds(1), 0);
  }

  static Scale cluster() {
    return FULL
        ? new Scale(true, 50, 300, 2, 50, Duration.ofSeconds(15), Duration.ofSeconds(5), 6)
        : new Scale(false, 6, 16, 2, 20, Duration.ofSeconds(3), Duration.ofSeconds(1), 1);
  }
}
