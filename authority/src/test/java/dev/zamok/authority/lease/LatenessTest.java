package dev.zamok.authority.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final Duration LEAST = Duration.ofSeconds(6);

  private long seconds = 100;
  private final Lateness lateness =
      new Lateness(LEAST, () -> Duration.ofSeconds(seconds).toNanos());

  /** How long it lasts from now on; time goes on to its end. */
  private long lasting() {
    long from = seconds;
    while (lateness.lasts()) {
      seconds++;
    }
    return seconds - from;
  }

  @Test
  void whoWasNeverLateIsNot() {
    assertThat(lateness.lasts()).isFalse();
  }

  @Test
  void whatHappensAgainSoonLastsTwiceAsLongUpToAFewMinutes() {
    long pause = LEAST.toSeconds();
    for (int i = 0; i < 6; i++) {
      lateness.happened();
      assertThat(lasting()).isEqualTo(pause);
      seconds += pause - 1;
      pause *= 2;
    }
    lateness.happened();
    assertThat(lasting()).isEqualTo(pause);
    lateness.happened();
    assertThat(lasting()).isEqualTo(pause).isEqualTo(384);
  }

  @Test
  void whoWasInTimeForAsLongAsItLastedBeginsAnew() {
    lateness.happened();
    lasting();
    lateness.happened();
    long second = lasting();
    seconds += second;
    lateness.happened();
    assertThat(lasting()).isEqualTo(LEAST.toSeconds());
  }

  @Test
  void whatHappensMeanwhileMakesItLastFromThenOn() {
    lateness.happened();
    seconds += LEAST.toSeconds() - 1;
    lateness.happened();
    assertThat(lasting()).isEqualTo(LEAST.toSeconds());
  }
}
