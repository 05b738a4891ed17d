package dev.zamok.roomlog.local;

import java.time.Duration;

/**
 * What stays in a log that nobody archives.
 *
 * @param young entries younger than this stay
 * @param olderEntries of older ones at most so many of each room
 * @param olderBytes and at most so many bytes of each room
 * @param every how often what is old is looked for
 */
public record HotWindow(Duration young, int olderEntries, long olderBytes, Duration every) {
  /** As an authority with default settings keeps its log, but that idle rooms keep theirs too. */
  public static final HotWindow DEFAULT =
      new HotWindow(Duration.ofMinutes(10), 1_000, 1 << 20, Duration.ofSeconds(10));

  public HotWindow {
    if (young.isNegative() || olderEntries < 0 || olderBytes < 0 || every.toMillis() < 1) {
      throw new IllegalArgumentException("a window that makes no sense");
    }
  }
}
