package dev.zamok.hub.room;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Evictions that were told ahead of their entry, for rooms that are opened before it is there. The
 * latest {@value #KEPT_MAX}: an entry that waits longer than so many others has a log that does not
 * work. Belongs to one event loop.
 */
final class NoticedEvictions {
  private static final int KEPT_MAX = 10_000;

  private record Member(RoomId room, MemberTag tag) {}

  private final Map<Member, Integer> below =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Member, Integer> eldest) {
          return size() > KEPT_MAX;
        }
      };

  void add(RoomId room, MemberTag tag, int admittedFrom) {
    below.merge(new Member(room, tag), admittedFrom, Math::max);
  }

  boolean admits(RoomId room, MemberTag tag, int memberVersion) {
    return memberVersion >= below.getOrDefault(new Member(room, tag), 0);
  }
}
