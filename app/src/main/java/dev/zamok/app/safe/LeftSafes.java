package dev.zamok.app.safe;

import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Safes that could not be looked into, what was told of that, and when each is tried again: what is
 * asked of the server for one in vain must not come with every look for as long as one watches.
 * Belongs to the thread of the command.
 */
final class LeftSafes {
  /** The longest pause, as so many times the time between looks. */
  static final int LOOKS_MAX = 64;

  private final long lookEveryNanos;
  private final LongSupplier nanoTime;
  private final Map<RoomId, Left> left = new HashMap<>();

  LeftSafes(WatchPace pace, LongSupplier nanoTime) {
    this.lookEveryNanos = TimeUnit.MILLISECONDS.toNanos(pace.lookEveryMillis());
    this.nanoTime = nanoTime;
  }

  /**
   * @param looks after so many times the time between looks it is tried again, after none with the
   *     next look, whatever it is for
   */
  private record Left(String why, int looks, long sinceNanos) {}

  /**
   * One could not be looked into: after the first time the next look tries it again, then each
   * pause is twice as long as the one before. Yields whether that is to be told.
   */
  boolean failed(RoomId safe, String why) {
    Left before = left.get(safe);
    int looks = before == null ? 0 : Math.min(LOOKS_MAX, Math.max(1, before.looks()) * 2);
    left.put(safe, new Left(why, looks, nanoTime.getAsLong()));
    return before == null || !before.why().equals(why);
  }

  /** Whether it is not to be tried yet. */
  boolean holds(RoomId safe) {
    @Nullable Left one = left.get(safe);
    return one != null && nanoTime.getAsLong() - one.sinceNanos() < one.looks() * lookEveryNanos;
  }

  /** It is watched. */
  void begun(RoomId safe) {
    left.remove(safe);
  }

  /** The account is in these alone. */
  void retain(Set<RoomId> safes) {
    left.keySet().retainAll(safes);
  }
}
