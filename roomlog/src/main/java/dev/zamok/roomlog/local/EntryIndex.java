package dev.zamok.roomlog.local;

import dev.zamok.protocol.Position;
import java.util.Arrays;

/**
 * The positions and sizes of the entries of one room that are in the log, oldest first. 12 to 24
 * bytes each. Not thread-safe.
 */
final class EntryIndex {
  private static final int CAPACITY_MIN = 8;

  private long[] positions = new long[CAPACITY_MIN];
  private int[] sizes = new int[CAPACITY_MIN];
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  Position position(int i) {
    return new Position(positions[start + i]);
  }

  /** What the entry takes in its chunk, in bytes. */
  int bytes(int i) {
    return sizes[start + i];
  }

  void add(Position position, int bytes) {
    if (end == positions.length) {
      room();
    }
    positions[end] = position.packed();
    sizes[end] = bytes;
    end++;
  }

  /** How many entries are at {@code position} or before. */
  int countUpTo(Position position) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(positions[middle], position.packed()) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - start;
  }

  void dropFirst(int count) {
    start += count;
    if (size() < positions.length / 4) {
      room();
    }
  }

  /** Moves everything to the front of arrays with as much free as used. */
  private void room() {
    int size = size();
    int capacity = Math.max(CAPACITY_MIN, size * 2);
    long[] newPositions = new long[capacity];
    System.arraycopy(positions, start, newPositions, 0, size);
    sizes = Arrays.copyOf(Arrays.copyOfRange(sizes, start, end), capacity);
    positions = newPositions;
    start = 0;
    end = size;
  }
}
