package dev.zamok.hub.room;

import dev.zamok.protocol.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest entries of a room without a hole, kept while somebody there is behind, so that most
 * catch-ups need no read of the log. The oldest go first when a bound is reached.
 */
final class Ring {
  private final int bytesMax;
  private final Budget budget;
  private final ArrayDeque<Encoded> entries = new ArrayDeque<>(4);
  private Position floor = Position.ZERO;
  private int bytes;

  Ring(int bytesMax, Budget budget) {
    this.bytesMax = bytesMax;
    this.budget = budget;
  }

  /** What the rings of one event loop may keep together. */
  static final class Budget {
    private final long bytesMax;
    private long bytes;

    Budget(long bytesMax) {
      this.bytesMax = bytesMax;
    }
  }

  /** Empties it: it covers what follows {@code after}. */
  void restart(Position after) {
    budget.bytes -= bytes;
    bytes = 0;
    entries.clear();
    floor = after;
  }

  /** The entry must follow the one added before it. */
  void add(Encoded entry) {
    entries.add(entry);
    bytes += entry.frame().length;
    budget.bytes += entry.frame().length;
    while (!entries.isEmpty() && (bytes > bytesMax || budget.bytes > budget.bytesMax)) {
      Encoded oldest = entries.remove();
      bytes -= oldest.frame().length;
      budget.bytes -= oldest.frame().length;
      floor = oldest.entry().position();
    }
  }

  boolean covers(Position after) {
    return after.compareTo(floor) >= 0;
  }

  /** The entries after {@code after}, about {@code bytesWanted}, at least one if there is one. */
  List<Encoded> after(Position after, int bytesWanted) {
    List<Encoded> some = new ArrayList<>();
    int size = 0;
    for (Encoded entry : entries) {
      if (entry.entry().position().isAfter(after)) {
        some.add(entry);
        size += entry.frame().length;
        if (size >= bytesWanted) {
          break;
        }
      }
    }
    return some;
  }
}
