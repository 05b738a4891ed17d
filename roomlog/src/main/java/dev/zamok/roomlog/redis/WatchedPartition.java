package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A partition with followed rooms, and what was found when it was last looked at. */
final class WatchedPartition {
  final int partition;
  final Set<RoomId> rooms = new HashSet<>();

  /** Entries that were committed and had not been pushed at the last look. */
  Map<RoomId, Position> missing = new HashMap<>();

  /** Rooms that moved after it are asked for. */
  Position cursor;

  long committed;
  boolean uncommitted;

  /** The followers were told that nobody confirms anything. */
  boolean told;

  /** It could not be compared when it should have been. */
  boolean uncompared;

  long answeredNanos = System.nanoTime();

  WatchedPartition(int partition, Position cursor) {
    this.partition = partition;
    this.cursor = cursor;
  }
}
