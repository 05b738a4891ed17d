package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;

/**
 * Where a row lies. Keys are not sealed: they hold identifiers, dates, counters and keyed hashes,
 * nothing else.
 *
 * @param partition at most {@value #PARTITION_BYTES_MAX} bytes; rows of one partition lie together
 *     and change together
 * @param sort at most {@value #SORT_BYTES_MAX} bytes, ordered as unsigned bytes; may be empty
 */
public record RowKey(Table table, Bytes partition, Bytes sort) {
  public static final int PARTITION_BYTES_MAX = 256;
  public static final int SORT_BYTES_MAX = 256;

  public RowKey {
    if (partition.isEmpty()
        || partition.size() > PARTITION_BYTES_MAX
        || sort.size() > SORT_BYTES_MAX) {
      throw new IllegalArgumentException("key of " + partition.size() + " + " + sort.size());
    }
  }
}
