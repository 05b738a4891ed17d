package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest chunks, so that most catch-ups need no disk. Kept as they are stored: as objects,
 * their entries would take twice the space, and the collector would have to move each of them.
 * Bounded in bytes; thread-safe.
 */
final class HotChunks {
  private static final int CHUNK_OVERHEAD_BYTES = 64;

  private final long bytesMax;
  private final TreeMap<Long, Hot> chunks = new TreeMap<>();
  private long bytes;

  HotChunks(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * One chunk.
   *
   * @param starts where each entry begins
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shown to anybody
  private record Hot(Bytes encoded, int[] starts) {
    long weight() {
      return CHUNK_OVERHEAD_BYTES + encoded.size() + (long) Integer.BYTES * starts.length;
    }

    @Nullable Entry find(long counter) {
      int low = 0;
      int high = starts.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = Long.compare(ChunkCodec.counterAt(encoded, starts[middle]), counter);
        if (order == 0) {
          return ChunkCodec.entryAt(encoded, starts[middle]);
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return null;
    }
  }

  synchronized void add(Chunk chunk) {
    Hot hot = new Hot(chunk.encoded(), ChunkCodec.starts(chunk.entries()));
    chunks.put(chunk.first(), hot);
    bytes += hot.weight();
    while (bytes > bytesMax && !chunks.isEmpty()) {
      bytes -= chunks.pollFirstEntry().getValue().weight();
    }
  }

  @Nullable Entry find(long counter) {
    Map.Entry<Long, Hot> floor;
    synchronized (this) {
      floor = chunks.floorEntry(counter);
    }
    return floor == null ? null : floor.getValue().find(counter);
  }
}
