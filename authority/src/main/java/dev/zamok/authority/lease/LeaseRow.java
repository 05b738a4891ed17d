package dev.zamok.authority.lease;

/**
 * The lease of one partition as the store has it.
 *
 * @param token grows with each holder
 * @param holder {@link #NOBODY} when it was given up
 * @param version of the row; 0 while there is none
 */
record LeaseRow(int partition, long token, long holder, long version) {
  static final long NOBODY = 0;

  static LeaseRow never(int partition) {
    return new LeaseRow(partition, 0, NOBODY, 0);
  }
}
