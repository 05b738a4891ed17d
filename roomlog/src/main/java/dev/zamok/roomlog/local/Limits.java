package dev.zamok.roomlog.local;

/**
 * The limits of a local log.
 *
 * @param backlogBytesMax of entries that are not archived, above which members' entries are refused
 * @param entriesMax in the log, archived or not, above which members' entries are refused: what the
 *     log knows of each takes about 80 bytes of memory
 * @param queuedBytesMax of entries that wait to be committed
 * @param hotBytesMax of recent entries held in memory for catching up
 * @param chunkBytesMax after which a chunk takes no further entry
 */
public record Limits(
    long backlogBytesMax,
    long entriesMax,
    long queuedBytesMax,
    long hotBytesMax,
    int chunkBytesMax) {
  /** For a small server: about 300 MiB of heap in the worst case. */
  public static final Limits DEFAULT =
      new Limits(1L << 30, 2_000_000, 64L << 20, 64L << 20, 256 << 10);

  public Limits {
    if (backlogBytesMax < 1 || entriesMax < 1 || queuedBytesMax < 1 || chunkBytesMax < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
    if (hotBytesMax < 0) {
      throw new IllegalArgumentException("a limit below 0");
    }
  }
}
