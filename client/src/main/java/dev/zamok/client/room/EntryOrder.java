package dev.zamok.client.room;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where an entry belongs, by the positions alone.
 *
 * <p>Remembers the last {@value #RECENT_MAX} positions, which is how far back a withdrawal can be
 * told exactly.
 */
final class EntryOrder {
  static final int RECENT_MAX = 4_096;

  enum Verdict {
    /** Seen before. */
    DUPLICATE,
    /** Follows what was seen last. */
    NEXT,
    /** Entries between are missing. */
    GAP,
    /** The log went on from an earlier point: what was seen after that is no longer in it. */
    FORK
  }

  private final TreeSet<Position> recent = new TreeSet<>();
  private Position last = Position.ZERO;

  Position last() {
    return last;
  }

  Verdict judge(Entry entry) {
    if (!entry.position().isAfter(last)) {
      return Verdict.DUPLICATE;
    }
    int order = entry.previous().compareTo(last);
    return order == 0 ? Verdict.NEXT : order > 0 ? Verdict.GAP : Verdict.FORK;
  }

  void take(Position position) {
    last = position;
    recent.add(position);
    if (recent.size() > RECENT_MAX) {
      recent.pollFirst();
    }
  }

  /** Goes on after {@code position} without having seen what is before it. */
  void skipTo(Position position) {
    last = position;
  }

  boolean saw(Position position) {
    return recent.contains(position);
  }

  /** The newest one seen up to {@code position}; {@code position} itself when there is none. */
  Position seenUpTo(Position position) {
    Position seen = recent.floor(position);
    return seen == null ? position : seen;
  }

  /** What was seen after {@code position}, oldest first. */
  List<Position> seenAfter(Position position) {
    return new ArrayList<>(recent.tailSet(position, false));
  }

  /** Forgets what was seen after {@code position}. */
  void backTo(Position position) {
    recent.tailSet(position, false).clear();
    last = position;
  }
}
