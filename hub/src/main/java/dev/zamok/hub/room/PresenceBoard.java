package dev.zamok.hub.room;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.roomlog.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room, at this hub and at others. A session counts once, however many connections
 * it has at however many hubs. Thread-safe: event loops write to it when somebody joins or leaves,
 * the exchange writes what other hubs tell, and all look once a second.
 */
public final class PresenceBoard {
  private final ConcurrentMap<RoomId, InRoom> rooms = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  private final PresenceChanges changes = new PresenceChanges();

  /** Changed only within {@code compute}, which excludes others. */
  private static final class InRoom {
    private final Map<SessionId, Seen> sessions = new HashMap<>(4);
    private volatile long version;
  }

  /**
   * One session.
   *
   * @param connections here
   * @param hubs others at which it is, too
   */
  private record Seen(MemberTag tag, int connections, Set<Long> hubs) {
    boolean isGone() {
      return connections == 0 && hubs.isEmpty();
    }

    Seen at(MemberTag other, int count) {
      return new Seen(other, count, hubs);
    }

    Seen with(long hub) {
      if (hubs.contains(hub)) {
        return this;
      }
      Set<Long> more = new HashSet<>(hubs);
      more.add(hub);
      return new Seen(tag, connections, Set.copyOf(more));
    }

    Seen without(long hub) {
      Set<Long> less = new HashSet<>(hubs);
      less.remove(hub);
      return new Seen(tag, connections, Set.copyOf(less));
    }
  }

  /** What becomes of one session; it yields null for a session that is not there. */
  private interface Step {
    @Nullable Seen apply(@Nullable Seen before);
  }

  /** Returns how many sessions are in the room now. */
  int enter(RoomId room, SessionId session, MemberTag tag) {
    return change(
        room,
        session,
        before -> {
          if (before == null || before.connections() == 0) {
            changes.entered(new Notice.Attending(room, session, tag));
          }
          return before == null
              ? new Seen(tag, 1, Set.of())
              : before.at(tag, before.connections() + 1);
        });
  }

  void leave(RoomId room, SessionId session) {
    change(
        room,
        session,
        before -> {
          if (before == null || before.connections() == 0) {
            return before;
          }
          if (before.connections() == 1) {
            changes.left(new Notice.Attending(room, session, before.tag()));
          }
          return before.at(before.tag(), before.connections() - 1);
        });
  }

  /** Another hub has this session. */
  void enterElsewhere(long hub, Notice.Attending one) {
    change(
        one.room(),
        one.session(),
        before ->
            before == null
                ? new Seen(one.tag(), 0, Set.of(hub))
                : before.with(hub).at(here(before, one.tag()), before.connections()));
  }

  /** What this hub knows of its own connections is newer than what another tells. */
  private static MemberTag here(Seen before, MemberTag told) {
    return before.connections() > 0 ? before.tag() : told;
  }

  void leaveElsewhere(long hub, RoomId room, SessionId session) {
    change(room, session, before -> before == null ? null : before.without(hub));
  }

  private int change(RoomId room, SessionId session, Step step) {
    int[] count = new int[1];
    rooms.compute(
        room,
        (id, known) -> {
          InRoom in = known == null ? new InRoom() : known;
          Seen before = in.sessions.get(session);
          Seen after = step.apply(before);
          if (after == null || after.isGone()) {
            in.sessions.remove(session);
            after = null;
          } else {
            in.sessions.put(session, after);
          }
          if (!(before == null
              ? after == null
              : after != null && after.tag().equals(before.tag()))) {
            in.version = versions.incrementAndGet();
          }
          count[0] = in.sessions.size();
          return in.sessions.isEmpty() ? null : in;
        });
    return count[0];
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

  /** What came and went here since it was last asked. */
  PresenceChanges changes() {
    return changes;
  }

  /** Everybody who is connected here. */
  List<Notice.Attending> here() {
    List<Notice.Attending> all = new ArrayList<>();
    for (RoomId room : rooms.keySet()) {
      rooms.computeIfPresent(
          room,
          (id, in) -> {
            in.sessions.forEach(
                (session, seen) -> {
                  if (seen.connections() > 0) {
                    all.add(new Notice.Attending(room, session, seen.tag()));
                  }
                });
            return in;
          });
    }
    return all;
  }
}
