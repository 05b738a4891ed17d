package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the chunk table, decoded.
 *
 * @param first its key: no entry of it has a lower counter, and none of a chunk before it a higher
 * @param encoded what is stored
 */
record Chunk(long first, Bytes encoded, List<Entry> entries) {
  static Chunk decode(long first, byte[] encoded) {
    Bytes bytes = Bytes.wrap(encoded);
    return new Chunk(first, bytes, ChunkCodec.decode(bytes));
  }

  /** Of the entries that were encoded; their bodies become views into the encoded form. */
  static Chunk over(byte[] encoded, List<Entry> entries) {
    Bytes bytes = Bytes.wrap(encoded);
    long first = entries.get(0).position().counter();
    return new Chunk(first, bytes, ChunkCodec.over(bytes, entries));
  }

  int size() {
    return encoded.size();
  }

  @Nullable Entry find(long counter) {
    int low = 0;
    int high = entries.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Entry entry = entries.get(middle);
      int order = Long.compare(entry.position().counter(), counter);
      if (order == 0) {
        return entry;
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
