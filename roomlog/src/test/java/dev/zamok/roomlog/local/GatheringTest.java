package dev.zamok.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {
  @Test
  void nobodyWaitsWhereFewCome() {
    assertThat(Gathering.nanosAfter(0)).isZero();
    assertThat(Gathering.nanosAfter(3)).isZero();
  }

  @Test
  void theWaitGrowsWithWhatCameAndEndsAtAMillisecond() {
    assertThat(Gathering.nanosAfter(4)).isEqualTo(120_000);
    assertThat(Gathering.nanosAfter(20)).isEqualTo(600_000);
    assertThat(Gathering.nanosAfter(8_192)).isEqualTo(1_000_000);
  }
}
