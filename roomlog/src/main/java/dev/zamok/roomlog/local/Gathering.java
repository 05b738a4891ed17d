package dev.zamok.roomlog.local;

import java.util.concurrent.locks.LockSupport;

/**
 * How long the writer lets the next batch gather.
 *
 * <p>A commit costs about the same for one entry as for fifty. Under load, commits one right after
 * the other take the processor from those who would fill the next batch; so the writer waits the
 * longer the more came last time. Where few come, it does not wait at all. Belongs to the writer's
 * thread.
 */
final class Gathering {
  /** So many are no load: waiting would show in the time of each and save little. */
  private static final int TASKS_FREE = 31;

  private static final long NANOS_PER_TASK = 30_000;
  private static final long NANOS_MAX = 1_000_000;

  private int last;

  /** Waits for a millisecond at the most; any batch may be committed earlier or later. */
  void await() {
    long nanos = nanosAfter(last);
    if (nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  void took(int tasks) {
    last = tasks;
  }

  static long nanosAfter(int tasks) {
    return Math.max(0, Math.min((tasks - TASKS_FREE) * NANOS_PER_TASK, NANOS_MAX));
  }
}
