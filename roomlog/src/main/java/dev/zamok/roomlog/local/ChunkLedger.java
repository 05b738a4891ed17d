package dev.zamok.roomlog.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of each chunk is still in the log, and which are due to be deleted or rewritten.
 *
 * <p>Belongs to the writer's thread.
 */
final class ChunkLedger {
  /** A chunk of which less than this part is left is rewritten without the rest. */
  private static final int SPARSE_PART = 4;

  /** Below this, rewriting wins too little: a row takes a page anyway. */
  private static final int SPARSE_BYTES_MIN = 8 << 10;

  private final TreeMap<Long, Use> uses = new TreeMap<>();
  private final Set<Long> dead = new LinkedHashSet<>();
  private final Set<Long> sparse = new LinkedHashSet<>();

  private static final class Use {
    int size;
    int liveBytes;

    Use(int size, int liveBytes) {
      this.size = size;
      this.liveBytes = liveBytes;
    }
  }

  /** The chunks to delete and to rewrite next. */
  record Due(List<Long> dead, List<Long> sparse) {
    boolean isEmpty() {
      return dead.isEmpty() && sparse.isEmpty();
    }
  }

  void add(long first, int size, int liveBytes) {
    Use use = new Use(size, liveBytes);
    uses.put(first, use);
    classify(first, use);
  }

  /** An entry at {@code counter} left the log. */
  void release(long counter, int bytes) {
    Map.Entry<Long, Use> found = uses.floorEntry(counter);
    if (found == null) {
      throw new IllegalStateException("no chunk holds " + counter);
    }
    found.getValue().liveBytes -= bytes;
    classify(found.getKey(), found.getValue());
  }

  Due due(int deadMax, int sparseMax) {
    return new Due(firsts(dead, deadMax), firsts(sparse, sparseMax));
  }

  boolean hasDue() {
    return !dead.isEmpty() || !sparse.isEmpty();
  }

  void deleted(long first) {
    uses.remove(first);
    dead.remove(first);
    sparse.remove(first);
  }

  void rewritten(long first, int size) {
    Use use = uses.get(first);
    if (use != null) {
      use.size = size;
      sparse.remove(first);
      classify(first, use);
    }
  }

  int chunks() {
    return uses.size();
  }

  private void classify(long first, Use use) {
    if (use.liveBytes <= 0) {
      dead.add(first);
      sparse.remove(first);
    } else if (use.size >= SPARSE_BYTES_MIN && use.liveBytes < use.size / SPARSE_PART) {
      sparse.add(first);
    }
  }

  private static List<Long> firsts(Set<Long> from, int max) {
    List<Long> taken = new ArrayList<>(Math.min(max, from.size()));
    for (Long first : from) {
      if (taken.size() == max) {
        break;
      }
      taken.add(first);
    }
    return taken;
  }
}
