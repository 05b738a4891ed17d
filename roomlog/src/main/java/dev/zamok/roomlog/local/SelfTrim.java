package dev.zamok.roomlog.local;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog.Moved;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trims a log that nobody archives. How old an entry is, is known by marks: where a room's head
 * was, and when. A mark may make entries younger than they are, by a tenth of the window, never
 * older. Marks are in memory: after a start everything counts as new.
 *
 * <p>A log that is half full keeps less, whatever its age: better than to refuse what comes.
 * Belongs to the writer's thread.
 */
final class SelfTrim {
  private static final int MOVED_MAX = 1_000;

  /** Each is a row to be written. */
  private static final int ROOMS_OF_A_COMMIT_MAX = 200;

  private static final int MARKS_OF_A_WINDOW = 10;

  private final HotWindow window;
  private final Map<RoomId, Deque<Mark>> marks = new LinkedHashMap<>();
  private Position cursor = Position.ZERO;

  /** What was looked for since the cursor began anew; only while the log is crowded. */
  private @Nullable Share share;

  /** Whether every room was looked at since. */
  private boolean all;

  SelfTrim(HotWindow window) {
    this.window = window;
  }

  /** Everything up to {@code head} was there at {@code millis}. */
  private record Mark(Position head, long millis) {}

  /** What each room may keep of what is old. */
  private record Share(int entries, long bytes) {
    /** By a tenth: each new room makes it smaller by a little, which is no reason to look anew. */
    boolean fellFrom(Share before) {
      return fell(entries, before.entries) || fell(bytes, before.bytes);
    }

    private static boolean fell(long now, long before) {
      return now < before && now <= before - before / 10;
    }
  }

  /** Trims some rooms; yields whether more is to be done at once. */
  boolean run(Draft draft) {
    boolean crowded = draft.isHalfFull();
    Share kept = new Share(window.olderEntries(), window.olderBytes());
    if (crowded) {
      kept = new Share(draft.fairShare(kept.entries()), draft.fairBytes(kept.bytes()));
      if (share == null || (all && kept.fellFrom(share))) {
        // rooms that have been quiet for long must give something, too
        cursor = Position.ZERO;
        share = kept;
      }
    } else {
      share = null;
    }
    boolean more = look(draft);
    all = !more;
    long oldMillis = draft.timeMillis() - (crowded ? 0 : window.young().toMillis());
    int trimmed = 0;
    Iterator<Map.Entry<RoomId, Deque<Mark>>> marked = marks.entrySet().iterator();
    while (marked.hasNext()) {
      if (trimmed == ROOMS_OF_A_COMMIT_MAX) {
        return true;
      }
      Map.Entry<RoomId, Deque<Mark>> room = marked.next();
      Position old = takeOld(room.getValue(), oldMillis);
      if (room.getValue().isEmpty()) {
        marked.remove();
      }
      if (old != null && draft.trimOlder(room.getKey(), old, kept.entries(), kept.bytes())) {
        trimmed++;
      }
    }
    return more;
  }

  private boolean look(Draft draft) {
    List<Moved> moved = draft.moved(cursor, MOVED_MAX);
    for (Moved room : moved) {
      mark(room, draft.timeMillis());
      cursor = room.head();
    }
    return moved.size() == MOVED_MAX;
  }

  private void mark(Moved room, long nowMillis) {
    Deque<Mark> of = marks.computeIfAbsent(room.room(), id -> new ArrayDeque<>(2));
    Mark last = of.pollLast();
    if (last != null) {
      Mark before = of.peekLast();
      long spacing = window.young().toMillis() / MARKS_OF_A_WINDOW;
      if (before == null || last.millis() - before.millis() >= spacing) {
        of.addLast(last);
      }
    }
    of.addLast(new Mark(room.head(), nowMillis));
  }

  /** The newest head that is old enough. */
  private static @Nullable Position takeOld(Deque<Mark> of, long oldMillis) {
    Position old = null;
    Mark first = of.peekFirst();
    while (first != null && first.millis() <= oldMillis) {
      old = first.head();
      of.removeFirst();
      first = of.peekFirst();
    }
    return old;
  }
}
