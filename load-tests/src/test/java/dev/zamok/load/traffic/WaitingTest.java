package dev.zamok.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final AtomicLong seconds = new AtomicLong();

  @Test
  void aSlowMachineThatComesNearerIsWaitedForAsLongAsItTakes() {
    assertThat(comesTo(100, second -> second / 9)).isTrue();
  }

  @Test
  void whatStandsStillIsGivenUp() {
    assertThat(comesTo(100, second -> Math.min(second, 50))).isFalse();
    assertThat(seconds).hasValue(61);
  }

  @Test
  void whatOnlyGoesToAndFroIsGivenUp() {
    assertThat(comesTo(100, second -> second % 5)).isFalse();
  }

  private boolean comesTo(long wanted, LongUnaryOperator figure) {
    return Waiting.whileRising(
        () -> figure.applyAsLong(seconds.get()) >= wanted,
        () -> figure.applyAsLong(seconds.get()),
        PATIENCE,
        () -> Duration.ofSeconds(seconds.get()).toNanos(),
        seconds::incrementAndGet);
  }
}
