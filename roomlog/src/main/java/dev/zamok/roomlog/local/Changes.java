package dev.zamok.roomlog.local;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomState;
import java.util.HashMap;
import java.util.Map;

/** The ways in which the state of a room changes. */
final class Changes {
  private Changes() {}

  static RoomState head(RoomState s, Position head) {
    return new RoomState(head, s.epoch(), s.minEpoch(), s.floor(), s.archived(), s.admitted());
  }

  static RoomState floor(RoomState s, Position floor) {
    return new RoomState(s.head(), s.epoch(), s.minEpoch(), floor, s.archived(), s.admitted());
  }

  static RoomState archived(RoomState s, Position archived) {
    return new RoomState(s.head(), s.epoch(), s.minEpoch(), s.floor(), archived, s.admitted());
  }

  /** The lowest accepted epoch never falls: what was closed stays closed. */
  static RoomState epochs(RoomState s, int epoch, int minEpoch) {
    int min = Math.max(s.minEpoch(), minEpoch);
    return new RoomState(s.head(), epoch, min, s.floor(), s.archived(), s.admitted());
  }

  /**
   * As far as the store knows; all but {@code admitted}. Where entries are missing, to their end.
   */
  static RoomState forward(RoomState s, RestoredRoom known) {
    boolean older = known.head().isAfter(s.head());
    return new RoomState(
        later(s.head(), known.head()),
        Math.max(s.epoch(), known.epoch()),
        Math.max(s.minEpoch(), known.minEpoch()),
        older ? known.head() : s.floor(),
        later(s.archived(), known.archived()),
        s.admitted());
  }

  private static Position later(Position a, Position b) {
    return a.isAfter(b) ? a : b;
  }

  /** What a member must have to be admitted never falls either. */
  static RoomState evicted(RoomState s, MemberTag tag, int below) {
    Map<MemberTag, Integer> admitted = new HashMap<>(s.admitted());
    admitted.merge(tag, below, Math::max);
    return new RoomState(s.head(), s.epoch(), s.minEpoch(), s.floor(), s.archived(), admitted);
  }
}
