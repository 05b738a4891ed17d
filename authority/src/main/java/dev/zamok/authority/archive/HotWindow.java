package dev.zamok.authority.archive;

import dev.zamok.protocol.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What of a room is archived and still in the log, in runs; decides what may leave the log.
 *
 * <p>What a process finds already archived at its start counts as one run of that moment, as large
 * as may stay: it leaves as soon as newer runs are old.
 */
final class HotWindow {
  private final ArchiveConfig config;
  private final Deque<Run> runs = new ArrayDeque<>();
  private long lastMillis;

  private record Run(Position last, long atMillis, int entries, long bytes) {}

  HotWindow(ArchiveConfig config, Position archived, long nowMillis) {
    this.config = config;
    lastMillis = nowMillis;
    if (archived.isAfter(Position.ZERO)) {
      runs.add(new Run(archived, nowMillis, config.hotEntries(), config.hotBytes()));
    }
  }

  /** A run of entries was archived. */
  void add(Position last, long nowMillis, int entries, long bytes) {
    runs.add(new Run(last, nowMillis, entries, bytes));
    lastMillis = nowMillis;
  }

  /** The position up to which entries should leave the log now, if any should. */
  Optional<Position> cut(long nowMillis) {
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    if (nowMillis - lastMillis >= config.idle().toMillis()) {
      return Optional.of(runs.getLast().last());
    }
    long entries = 0;
    long bytes = 0;
    Position cut = null;
    var newestFirst = runs.descendingIterator();
    while (newestFirst.hasNext() && cut == null) {
      Run run = newestFirst.next();
      if (nowMillis - run.atMillis() >= config.hot().toMillis()) {
        entries += run.entries();
        bytes += run.bytes();
        if (entries > config.hotEntries() || bytes > config.hotBytes()) {
          cut = run.last();
        }
      }
    }
    return Optional.ofNullable(cut);
  }

  /** The entries up to {@code cut} left the log. */
  void removed(Position cut) {
    while (!runs.isEmpty() && !runs.getFirst().last().isAfter(cut)) {
      runs.removeFirst();
    }
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }
}
