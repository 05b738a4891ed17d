package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareSpreadTest {
  private final Random random = new Random(7);

  private Duration wait(Duration lead) {
    return ShareSpread.wait(lead, random);
  }

  @Test
  void membersAskSpreadOverTheTimeThatIsLeftAndInTimeForTheReset() {
    int[] tenths = new int[10];
    for (int i = 0; i < 10_000; i++) {
      Duration wait = wait(Duration.ofSeconds(60));
      assertThat(wait).isLessThan(Duration.ofSeconds(55));
      tenths[(int) (wait.toMillis() / 5_500)]++;
    }
    for (int asked : tenths) {
      assertThat(asked).isBetween(850, 1_150);
    }
  }

  @Test
  void whoHearsOfItLateAsksAtOnce() {
    assertThat(wait(Duration.ofSeconds(5))).isZero();
    assertThat(wait(Duration.ofSeconds(-10))).isZero();
  }

  @Test
  void nobodyWaitsForLongerThanAMinute() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(wait(Duration.ofDays(1))).isLessThan(Duration.ofMinutes(1));
    }
  }
}
