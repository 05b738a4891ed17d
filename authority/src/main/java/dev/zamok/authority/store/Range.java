package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A run of a partition's rows by their sort keys.
 *
 * @param from the least sort key, included; empty for the beginning
 * @param to the sort key to stop before; null for the end
 * @param limit at most so many rows, up to {@value #LIMIT_MAX}
 * @param reverse greatest first; the limit then keeps the greatest
 */
public record Range(Bytes from, @Nullable Bytes to, int limit, boolean reverse) {
  public static final int LIMIT_MAX = 1_000;

  public Range {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("range of " + limit + " rows");
    }
  }

  /** The first rows of a partition. */
  public static Range first(int limit) {
    return new Range(Bytes.EMPTY, null, limit, false);
  }

  /** The last rows of a partition, greatest first. */
  public static Range last(int limit) {
    return new Range(Bytes.EMPTY, null, limit, true);
  }

  /** The rows after {@code sort}, without it. */
  public static Range after(Bytes sort, int limit) {
    return new Range(next(sort), null, limit, false);
  }

  /** The rows before {@code sort}, without it, greatest first. */
  public static Range before(Bytes sort, int limit) {
    return new Range(Bytes.EMPTY, sort, limit, true);
  }

  /** The least key greater than {@code sort}. */
  private static Bytes next(Bytes sort) {
    byte[] next = new byte[sort.size() + 1];
    sort.copyTo(next, 0);
    return Bytes.wrap(next);
  }
}
