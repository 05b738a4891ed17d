package dev.zamok.hub.room;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.HubFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is in which room, in this process. A session with several connections counts once.
 * Thread-safe: event loops write to it when somebody joins or leaves, and look once a second.
 */
public final class PresenceBoard {
  private final ConcurrentMap<RoomId, InRoom> rooms = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  /** Changed only within {@code compute}, which excludes others. */
  private static final class InRoom {
    private final Map<SessionId, Seen> sessions = new HashMap<>(4);
    private volatile long version;
  }

  private record Seen(MemberTag tag, int connections) {}

  /** Returns how many sessions are in the room now. */
  int enter(RoomId room, SessionId session, MemberTag tag) {
    int[] count = new int[1];
    rooms.compute(
        room,
        (id, before) -> {
          InRoom in = before == null ? new InRoom() : before;
          Seen seen = in.sessions.get(session);
          in.sessions.put(session, new Seen(tag, seen == null ? 1 : seen.connections() + 1));
          if (seen == null || !seen.tag().equals(tag)) {
            in.version = versions.incrementAndGet();
          }
          count[0] = in.sessions.size();
          return in;
        });
    return count[0];
  }

  void leave(RoomId room, SessionId session) {
    rooms.computeIfPresent(
        room,
        (id, in) -> {
          Seen seen = in.sessions.get(session);
          if (seen != null && seen.connections() > 1) {
            in.sessions.put(session, new Seen(seen.tag(), seen.connections() - 1));
          } else if (seen != null) {
            in.sessions.remove(session);
            in.version = versions.incrementAndGet();
          }
          return in.sessions.isEmpty() ? null : in;
        });
  }

  /** Changes whenever {@link #of} does; 0 for an empty room. */
  long version(RoomId room) {
    InRoom in = rooms.get(room);
    return in == null ? 0 : in.version;
  }

  /** The count, and who, unless too many are present. */
  public HubFrame.Presence of(RoomId room) {
    HubFrame.Presence[] found = {new HubFrame.Presence(room, 0, List.of())};
    rooms.computeIfPresent(
        room,
        (id, in) -> {
          int count = in.sessions.size();
          List<MemberTag> tags =
              count > HubFrame.Presence.LIST_MAX
                  ? List.of()
                  : in.sessions.values().stream().map(Seen::tag).distinct().toList();
          found[0] = new HubFrame.Presence(room, count, tags);
          return in;
        });
    return found[0];
  }
}
