package dev.zamok.authority.room;

import java.time.Duration;

/**
 * Limits of rooms.
 *
 * @param membersMax present members of a room
 * @param roomsPerAccountMax rooms an account may make or join by itself
 * @param cachedRoomsMax rooms kept in memory
 * @param retryAfter how long to wait before finishing what failed
 * @param sweepEvery how often unfinished rooms are looked at
 */
public record RoomConfig(
    int membersMax,
    int roomsPerAccountMax,
    int cachedRoomsMax,
    Duration retryAfter,
    Duration sweepEvery) {
  public static final RoomConfig DEFAULT =
      new RoomConfig(1_000, 2_000, 10_000, Duration.ofSeconds(1), Duration.ofSeconds(30));

  public RoomConfig {
    if (membersMax < 2
        || membersMax > 10_000
        || roomsPerAccountMax < 1
        || cachedRoomsMax < 1
        || retryAfter.isNegative()
        || sweepEvery.isNegative()
        || sweepEvery.isZero()) {
      throw new IllegalArgumentException("limits of rooms that make no sense");
    }
  }
}
