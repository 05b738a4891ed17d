package dev.zamok.authority.epoch;

import java.time.Duration;

/**
 * When new epochs come about.
 *
 * @param ratchetMessages a ratchet after so many messages
 * @param ratchetAfter or when the first message of the epoch is so old
 * @param resetAfter a timed reset when the last reset is so old, give or take a tenth, at the next
 *     message: idle rooms are left alone
 * @param announceBefore how long before a timed reset it is announced and its share served
 * @param grace how long the epoch before a timed reset is accepted
 */
public record EpochConfig(
    int ratchetMessages,
    Duration ratchetAfter,
    Duration resetAfter,
    Duration announceBefore,
    Duration grace) {
  public static final EpochConfig DEFAULT =
      new EpochConfig(
          1_000,
          Duration.ofMinutes(10),
          Duration.ofDays(1),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  public EpochConfig {
    if (ratchetMessages < 1
        || ratchetAfter.isNegative()
        || resetAfter.compareTo(announceBefore) < 0
        || announceBefore.isNegative()
        || grace.isNegative()) {
      throw new IllegalArgumentException("times of rotations that make no sense");
    }
  }
}
