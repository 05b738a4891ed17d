package dev.zamok.authority.lease;

import dev.zamok.protocol.Position;

/**
 * The lease of one partition as the store has it.
 *
 * @param token grows with each holder
 * @param holder {@link #NOBODY} when it was given up
 * @param floor a position that the log gave, for the case that it loses everything: its generation
 *     is the last one that entries were archived of
 * @param version of the row; 0 while there is none
 */
record LeaseRow(int partition, long token, long holder, Position floor, long version) {
  static final long NOBODY = 0;

  static LeaseRow never(int partition) {
    return new LeaseRow(partition, 0, NOBODY, Position.ZERO, 0);
  }

  /** As the next holder writes it. */
  LeaseRow takenBy(long next) {
    return new LeaseRow(partition, token + 1, next, floor, version + 1);
  }

  /** As its holder writes it. */
  LeaseRow kept(long by, Position floorNow) {
    Position higher = floorNow.isAfter(floor) ? floorNow : floor;
    return new LeaseRow(partition, token, by, higher, version + 1);
  }
}
