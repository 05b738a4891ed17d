package dev.zamok.crypto.row;

import dev.zamok.protocol.Bytes;

/**
 * Where a row lies. A sealed body opens at its own place and version only.
 *
 * @param table its name
 * @param partition the partition key, encoded by the store
 * @param sort the sort key within the partition, empty where there is none
 * @param version of a versioned row; 0 for immutable ones
 */
public record RowAddress(String table, Bytes partition, Bytes sort, long version) {
  public RowAddress {
    if (version < 0) {
      throw new IllegalArgumentException("negative version");
    }
  }
}
