package dev.zamok.app.safe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often a safe is tried that a server, or whoever made it, lets nobody watch. */
class LeftSafesTest {
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final RoomId SAFE = RoomId.of(Bytes.fromHex("02" + "00".repeat(14) + "01"));

  private long now = 5;
  private final LeftSafes left =
      new LeftSafes(new WatchPace(LOOK, Duration.ofSeconds(1)), () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private int triesIn(Duration time) {
    int tries = 0;
    for (long looks = time.dividedBy(LOOK); looks > 0; looks--) {
      if (!left.holds(SAFE)) {
        tries++;
        left.failed(SAFE, "no");
      }
      pass(LOOK);
    }
    return tries;
  }

  @Test
  void theNextLookTriesItAgainThenPausesGrowUpToTheLongest() {
    assertThat(left.failed(SAFE, "no")).isTrue();
    // Whatever makes it look, as a connection that is back.
    assertThat(left.holds(SAFE)).isFalse();
    // At once, and after 2, 4, … 32 minutes.
    assertThat(triesIn(LOOK.multipliedBy(64))).isEqualTo(6);
    Duration longest = LOOK.multipliedBy(LeftSafes.LOOKS_MAX);
    assertThat(triesIn(longest.multipliedBy(10))).isEqualTo(10);
  }

  @Test
  void whatIsWrongIsToldOnceAndAgainWhenItIsSomethingElse() {
    assertThat(left.failed(SAFE, "no")).isTrue();
    assertThat(left.failed(SAFE, "no")).isFalse();
    assertThat(left.failed(SAFE, "no more")).isTrue();
  }

  @Test
  void oneThatWasWatchedOrIsThereNoMoreBeginsAnew() {
    left.failed(SAFE, "no");
    left.failed(SAFE, "no");
    assertThat(left.holds(SAFE)).isTrue();
    left.begun(SAFE);
    assertThat(left.holds(SAFE)).isFalse();
    left.failed(SAFE, "no");
    left.failed(SAFE, "no");
    left.retain(Set.of(SAFE));
    assertThat(left.holds(SAFE)).isTrue();
    left.retain(Set.of());
    assertThat(left.failed(SAFE, "no")).isTrue();
    assertThat(left.holds(SAFE)).isFalse();
  }
}
