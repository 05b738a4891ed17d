package dev.zamok.authority.archive;

import java.time.Duration;

/**
 * How the log is archived and trimmed.
 *
 * @param every how long to rest when there was nothing to do
 * @param hot entries younger than this stay in the log
 * @param hotEntries of older ones so many stay
 * @param hotBytes or so many bytes
 * @param idle in a room where nothing happened for so long, none stay
 * @param bucketBytes a new bucket after about so many bytes
 * @param bucketAge or when the first entry of the last one is so old
 */
public record ArchiveConfig(
    Duration every,
    Duration hot,
    int hotEntries,
    long hotBytes,
    Duration idle,
    long bucketBytes,
    Duration bucketAge) {
  public static final ArchiveConfig DEFAULT =
      new ArchiveConfig(
          Duration.ofMillis(250),
          Duration.ofMinutes(10),
          1_000,
          1 << 20,
          Duration.ofHours(1),
          50_000_000,
          Duration.ofDays(7));

  public ArchiveConfig {
    if (every.isNegative()
        || every.isZero()
        || hot.isNegative()
        || hotEntries < 0
        || hotBytes < 0
        || idle.compareTo(hot) < 0
        || bucketBytes < 1
        || bucketAge.isNegative()) {
      throw new IllegalArgumentException("limits of the archive that make no sense");
    }
  }

  /**
   * With entries that stay for {@code age}, and of older ones the newest {@code entries} of a room;
   * a room counts as idle after an hour, or after {@code age} when that is longer.
   */
  public ArchiveConfig keeping(Duration age, int entries) {
    Duration rest = idle.compareTo(age) < 0 ? age : idle;
    return new ArchiveConfig(every, age, entries, hotBytes, rest, bucketBytes, bucketAge);
  }
}
