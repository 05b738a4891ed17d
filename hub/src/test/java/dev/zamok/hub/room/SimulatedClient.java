package dev.zamok.hub.room;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client may believe: each entry of a room once and in order, or it was told of the gap.
 * Fails as soon as that is not so.
 */
final class SimulatedClient {
  final FakeSocket socket = new FakeSocket();
  final Attendance attendance;
  private final Map<RoomId, View> views = new HashMap<>();

  SimulatedClient(Attendance attendance) {
    this.attendance = attendance;
  }

  SimulatedClient(java.util.function.Function<FakeSocket, Attendance> attend) {
    this.attendance = attend.apply(socket);
  }

  static final class View {
    /** Asked for, in order; answered by as many JOINED or REJECT. */
    int joinsUnanswered;

    @Nullable Position resumeAfter;
    boolean joined;

    /** What it has, all of it or told as missing; null while the start is not certain. */
    @Nullable Position has;

    Position head = Position.ZERO;
    Position lastSeen = Position.ZERO;
    long entries;
    long gaps;
  }

  View view(RoomId room) {
    return views.computeIfAbsent(room, missing -> new View());
  }

  /** Takes one frame; false when there is none. */
  boolean read() {
    HubFrame frame = socket.read();
    if (frame == null) {
      return false;
    }
    if (frame instanceof HubFrame.Joined joined) {
      joined(joined);
    } else if (frame instanceof HubFrame.Entry entry) {
      entry(entry.entry());
    } else if (frame instanceof HubFrame.Gap gap) {
      gap(gap);
    } else if (frame instanceof HubFrame.Reject reject
        && reject.request() == HubFrame.Request.JOIN) {
      view(reject.room()).joinsUnanswered--;
    } else if (frame instanceof HubFrame.Evicted evicted) {
      view(evicted.room()).joined = false;
    }
    return true;
  }

  private void joined(HubFrame.Joined joined) {
    View view = view(joined.room());
    demand(view.joinsUnanswered > 0, "JOINED that was not asked for");
    view.joinsUnanswered--;
    view.joined = true;
    view.head = joined.head();
    Position after = view.resumeAfter;
    if (after == null || joined.recovery() == Recovery.LOST) {
      view.has = joined.head();
    } else {
      view.has = joined.recovery() == Recovery.COMPLETE ? after : null;
      view.lastSeen = after;
    }
  }

  private void entry(dev.zamok.protocol.Entry entry) {
    View view = view(entry.room());
    if (!view.joined) {
      // sent before the hub saw the LEAVE or the next JOIN
      return;
    }
    Position has = view.has;
    if (has == null) {
      demand(entry.position().isAfter(view.lastSeen), "an entry from before the resume");
    } else {
      demand(
          entry.previous().equals(has),
          "entry " + entry.position() + " after " + entry.previous() + ", but has " + has);
    }
    view.has = entry.position();
    view.entries++;
  }

  private void gap(HubFrame.Gap gap) {
    View view = view(gap.room());
    if (!view.joined) {
      return;
    }
    Position has = view.has;
    demand(has == null || gap.from().equals(has), "GAP from " + gap.from() + ", has " + has);
    demand(gap.to().isAfter(gap.from()), "GAP of nothing");
    view.has = gap.to();
    view.gaps++;
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
