package dev.zamok.client.safe;

import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Folders whose listening ended or was refused, and when each is tried again: a server that says of
 * a folder that one reads it, and lets nobody join it, must not keep clients asking without pause.
 * Belongs to the client's loop.
 */
final class JoinPauses {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(10);

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
   */
  private record Pause(int ends, Duration length, Loop.Timer timer, boolean over) {
    Pause atEnd() {
      return new Pause(ends, length, timer, true);
    }
  }

  /** Each pause is twice as long as the one before. */
  void ended(RoomId room) {
    Pause before = pauses.get(room);
    Duration length = before == null ? FIRST : before.length().multipliedBy(2);
    Duration bounded = length.compareTo(LONGEST) > 0 ? LONGEST : length;
    if (before != null) {
      before.timer().cancel();
    }
    Loop.Timer timer = loop.after(bounded, () -> over(room));
    pauses.put(room, new Pause(before == null ? 1 : before.ends() + 1, bounded, timer, false));
  }

  private void over(RoomId room) {
    Pause pause = pauses.get(room);
    if (pause != null) {
      pauses.put(room, pause.atEnd());
      again.run();
    }
  }

  /** It is listened to: if that ends, the first pause is short again. */
  void joined(RoomId room) {
    Pause pause = pauses.remove(room);
    if (pause != null) {
      pause.timer().cancel();
    }
  }

  /** Whether it is not to be joined yet. */
  boolean holds(RoomId room) {
    Pause pause = pauses.get(room);
    return pause != null && !pause.over();
  }

  /** Whether it ended again right after it was tried again: then something is wrong with it. */
  boolean isRepeated(RoomId room) {
    Pause pause = pauses.get(room);
    return pause != null && pause.ends() > 1;
  }

  void close() {
    pauses.values().forEach(pause -> pause.timer().cancel());
    pauses.clear();
  }
}
