package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest chunks, decoded, so that most catch-ups need no disk. Bounded in bytes; thread-safe.
 */
final class HotChunks {
  /** What the objects of one entry take on the heap, about. */
  private static final int ENTRY_OVERHEAD_BYTES = 256;

  private final long bytesMax;
  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
  private long bytes;

  HotChunks(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized void add(Chunk chunk) {
    chunks.put(chunk.first(), chunk);
    bytes += weight(chunk);
    while (bytes > bytesMax && !chunks.isEmpty()) {
      bytes -= weight(chunks.pollFirstEntry().getValue());
    }
  }

  synchronized @Nullable Entry find(long counter) {
    Map.Entry<Long, Chunk> floor = chunks.floorEntry(counter);
    return floor == null ? null : floor.getValue().find(counter);
  }

  private static long weight(Chunk chunk) {
    return chunk.size() + (long) ENTRY_OVERHEAD_BYTES * chunk.entries().size();
  }
}
