package dev.zamok.load.bench.wire;

import dev.zamok.protocol.RoomId;

/**
 * The ids of numbered rooms, other ones in each run.
 *
 * @param high the first half of all of them; its first byte says managed
 */
public record RoomNames(long high) {
  private static final long MANAGED = 1L << 56;

  /** Named by a random number. */
  public static RoomNames of(long random) {
    return new RoomNames(MANAGED | random >>> 8);
  }

  public RoomId id(int number) {
    return new RoomId(high, number);
  }
}
