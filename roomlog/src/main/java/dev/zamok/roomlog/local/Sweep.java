package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.roomlog.sqlite.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives back the space of trimmed entries, a bounded piece with each commit: deletes chunks of
 * which nothing is left, rewrites those of which little is.
 */
final class Sweep {
  private static final int DELETED_MAX = 256;
  private static final int REWRITTEN_MAX = 8;
  private static final int FREE_PAGES_KEPT = 4096;
  private static final int FREED_PAGES_MAX = 256;

  private final Committed committed;
  private final ChunkLedger.Due due;
  private final Map<Long, Integer> sizes = new LinkedHashMap<>();

  Sweep(Committed committed) {
    this.committed = committed;
    this.due = committed.ledger().due(DELETED_MAX, REWRITTEN_MAX);
  }

  void write(Session session, Draft draft) {
    if (due.isEmpty()) {
      return;
    }
    for (long first : due.dead()) {
      Tables.delete(session, first);
    }
    Tables.keepCounter(session, draft.counter(), draft.timeMillis());
    for (long first : due.sparse()) {
      rewrite(session, first);
    }
    session.shrink(FREE_PAGES_KEPT, FREED_PAGES_MAX);
  }

  /** After the commit. */
  void apply() {
    due.dead().forEach(committed.ledger()::deleted);
    sizes.forEach(committed.ledger()::rewritten);
  }

  private void rewrite(Session session, long first) {
    Chunk chunk =
        Tables.chunkOf(session, first)
            .filter(found -> found.first() == first)
            .orElseThrow(() -> new IllegalStateException("chunk " + first + " is gone"));
    List<Entry> left = new ArrayList<>();
    for (Entry entry : chunk.entries()) {
      Room room = committed.find(entry.room());
      if (room != null && entry.position().isAfter(room.state().floor())) {
        left.add(entry);
      }
    }
    byte[] encoded = ChunkCodec.encode(left);
    Tables.rewrite(session, first, encoded);
    sizes.put(first, encoded.length);
  }
}
