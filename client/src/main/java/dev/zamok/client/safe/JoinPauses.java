package dev.zamok.client.safe;

import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Folders whose listening ended or was refused, and when each is tried again: a server that says of
 * a folder that one reads it, and lets nobody join it, must not keep clients asking without pause.
 * Belongs to the client's loop.
 */
final class JoinPauses {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long NOT_LIVE = -1;

  private final Loop loop;
  private final Runnable again;
  private final Map<RoomId, Pause> pauses = new HashMap<>();

  /**
   * @param again called whenever one is over
   */
  JoinPauses(Loop loop, Runnable again) {
    this.loop = loop;
    this.again = again;
  }

  /**
   * @param ends how often in a row it has ended
   * @param liveSince by the monotonic clock, {@link #NOT_LIVE} while it is not listened to
   */
  private record Pause(int ends, Duration length, Loop.Timer timer, boolean over, long liveSince) {
    Pause atEnd() {
      return new Pause(ends, length, timer, true, liveSince);
    }

    Pause liveSince(long millis) {
      return new Pause(ends, length, timer, over, millis);
    }
  }

  /** Each pause is twice as long as the one before. */
  void ended(RoomId room) {
    lost(room);
    Pause before = pauses.get(room);
    Duration length = before == null ? FIRST : before.length().multipliedBy(2);
    Duration bounded = length.compareTo(LONGEST) > 0 ? LONGEST : length;
    if (before != null) {
      before.timer().cancel();
    }
    Loop.Timer timer = loop.after(bounded, () -> over(room));
    int ends = before == null ? 1 : before.ends() + 1;
    pauses.put(room, new Pause(ends, bounded, timer, false, NOT_LIVE));
  }

  private void over(RoomId room) {
    Pause pause = pauses.get(room);
    if (pause != null) {
      pauses.put(room, pause.atEnd());
      again.run();
    }
  }

  /** It is listened to. */
  void joined(RoomId room) {
    Pause pause = pauses.get(room);
    if (pause != null && pause.liveSince() == NOT_LIVE) {
      pauses.put(room, pause.liveSince(loop.monotonicMillis()));
    }
  }

  /**
   * It is not listened to for the moment. Where it was for as long as the last pause, the next one
   * is the first again; a server that lets it be joined for less must not gain by it.
   */
  void lost(RoomId room) {
    Pause pause = pauses.get(room);
    if (pause == null || pause.liveSince() == NOT_LIVE) {
      return;
    }
    if (loop.monotonicMillis() - pause.liveSince() >= pause.length().toMillis()) {
      forget(room);
    } else {
      pauses.put(room, pause.liveSince(NOT_LIVE));
    }
  }

  private void forget(RoomId room) {
    Pause pause = pauses.remove(room);
    if (pause != null) {
      pause.timer().cancel();
    }
  }

  /** Only these folders are there now. */
  void retain(Set<RoomId> folders) {
    Set<RoomId> gone = new HashSet<>(pauses.keySet());
    gone.removeAll(folders);
    gone.forEach(this::forget);
  }

  /** Whether it is not to be joined yet. */
  boolean holds(RoomId room) {
    Pause pause = pauses.get(room);
    return pause != null && !pause.over();
  }

  /** Whether it ended again right after it was tried again: then something is wrong with it. */
  boolean isRepeated(RoomId room) {
    Pause pause = pauses.get(room);
    return pause != null && pause.ends() > 1 && pause.liveSince() == NOT_LIVE;
  }

  void close() {
    pauses.values().forEach(pause -> pause.timer().cancel());
    pauses.clear();
  }
}
