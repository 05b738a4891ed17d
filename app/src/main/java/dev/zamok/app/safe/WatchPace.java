package dev.zamok.app.safe;

import java.time.Duration;

/**
 * How often what nobody tells of is looked for.
 *
 * @param lookEvery for safes and folders that this account is let into
 * @param again until a question that the server did not answer is asked again; and whether a folder
 *     that was made just now is open, for its maker lists it first and lets others in then
 */
record WatchPace(Duration lookEvery, Duration again) {
  static final WatchPace DEFAULT = new WatchPace(Duration.ofMinutes(1), Duration.ofSeconds(5));

  WatchPace {
    if (lookEvery.toMillis() < 1 || again.toMillis() < 1) {
      throw new IllegalArgumentException("a pace without a pause");
    }
  }

  long lookEveryMillis() {
    return lookEvery.toMillis();
  }

  long againMillis() {
    return again.toMillis();
  }
}
