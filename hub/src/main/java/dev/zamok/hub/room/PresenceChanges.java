package dev.zamok.hub.room;

import dev.zamok.roomlog.Notice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Who came and who left since it was last asked, in order. Nothing is kept before somebody asks;
 * when too much has gathered it is dropped, and a snapshot takes its place. Thread-safe.
 */
final class PresenceChanges {
  static final int KEPT_MAX = 20_000;

  private final Queue<Change> kept = new ArrayDeque<>();
  private boolean wanted;
  private boolean overflowed;

  record Change(boolean entered, Notice.Attending who) {}

  void entered(Notice.Attending who) {
    add(new Change(true, who));
  }

  void left(Notice.Attending who) {
    add(new Change(false, who));
  }

  private synchronized void add(Change change) {
    if (!wanted) {
      return;
    }
    if (kept.size() >= KEPT_MAX) {
      kept.clear();
      overflowed = true;
    }
    if (!overflowed) {
      kept.add(change);
    }
  }

  /** All of it. */
  synchronized List<Change> take() {
    wanted = true;
    List<Change> all = new ArrayList<>(kept);
    kept.clear();
    return all;
  }

  /** Whether something was dropped since the last snapshot; forgets it. */
  synchronized boolean overflowed() {
    boolean was = overflowed;
    overflowed = false;
    return was;
  }
}
