package dev.zamok.authority.lease;

import java.time.Duration;

/**
 * How leases are kept.
 *
 * @param alone no other authority may run on this store: all leases are taken at the start, at
 *     once, and kept
 * @param round how often the rows are looked at
 * @param beat how often this one says that it lives
 * @param trust how long after the start of its last beat a holder relies on its leases
 * @param takeover how long a beat stands still, on the monotonic clock of who looks, until its
 *     leases are taken over; longer than {@code trust}
 */
public record LeaseConfig(
    boolean alone, Duration round, Duration beat, Duration trust, Duration takeover) {

  /** For the only authority of a deployment. */
  public static final LeaseConfig ALONE =
      new LeaseConfig(
          true,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(6));

  /** For one of several. */
  public static final LeaseConfig SHARED =
      new LeaseConfig(false, ALONE.round, ALONE.beat, ALONE.trust, ALONE.takeover);

  public LeaseConfig {
    if (round.isZero()
        || round.isNegative()
        || beat.compareTo(round) < 0
        || trust.compareTo(beat.multipliedBy(2)) < 0
        || takeover.compareTo(trust) <= 0) {
      throw new IllegalArgumentException("times of leases that make no sense");
    }
  }
}
