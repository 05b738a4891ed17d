package dev.zamok.roomlog.local;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;

/**
 * The position of each (tag, id) of one room whose entry is in the log. 43 to 85 bytes each.
 *
 * <p>Open addressing in one array; slots of tag, id high, id low, position, the last 0 when free.
 * Members choose their ids, so the hash is keyed with a secret seed. Not thread-safe.
 */
final class IdTable {
  private static final int WIDTH = 4;
  private static final int SLOTS_MIN = 4;

  private final long seed;
  private long[] cells = new long[SLOTS_MIN * WIDTH];
  private int size;

  IdTable(long seed) {
    this.seed = seed;
  }

  /** The packed position, or 0. */
  long get(MemberTag tag, MessageId id) {
    return cells[slot(cells, tag.value(), id.high(), id.low()) + 3];
  }

  /** The first position of an id stays. */
  void put(MemberTag tag, MessageId id, long packed) {
    if ((size + 1) * 4 > slots(cells) * 3) {
      cells = rehashed(slots(cells) * 2, 0);
    }
    int at = slot(cells, tag.value(), id.high(), id.low());
    if (cells[at + 3] == 0) {
      cells[at] = tag.value();
      cells[at + 1] = id.high();
      cells[at + 2] = id.low();
      cells[at + 3] = packed;
      size++;
    }
  }

  /** Forgets the ids at positions up to {@code packed}, and shrinks. */
  void removeUpTo(long packed) {
    int left = 0;
    for (int at = 0; at < cells.length; at += WIDTH) {
      if (Long.compareUnsigned(cells[at + 3], packed) > 0) {
        left++;
      }
    }
    int slots = SLOTS_MIN;
    while ((left + 1) * 4 > slots * 3) {
      slots *= 2;
    }
    cells = rehashed(slots, packed);
    size = left;
  }

  int size() {
    return size;
  }

  private long[] rehashed(int slots, long above) {
    long[] target = new long[slots * WIDTH];
    for (int at = 0; at < cells.length; at += WIDTH) {
      if (Long.compareUnsigned(cells[at + 3], above) > 0) {
        int to = slot(target, cells[at], cells[at + 1], cells[at + 2]);
        System.arraycopy(cells, at, target, to, WIDTH);
      }
    }
    return target;
  }

  /** Where the id is, or where it would go. */
  private int slot(long[] in, long tag, long high, long low) {
    int mask = slots(in) - 1;
    int slot = (int) mix(mix(mix(seed ^ tag) ^ high) ^ low) & mask;
    while (in[slot * WIDTH + 3] != 0
        && (in[slot * WIDTH] != tag
            || in[slot * WIDTH + 1] != high
            || in[slot * WIDTH + 2] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot * WIDTH;
  }

  private static int slots(long[] cells) {
    return cells.length / WIDTH;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
