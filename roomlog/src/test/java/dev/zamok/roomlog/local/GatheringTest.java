package dev.zamok.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatheringTest {
  @Test
  void nobodyWaitsWhereFewCome() {
    assertThat(Gathering.nanosAfter(0)).isZero();
    assertThat(Gathering.nanosAfter(31)).isZero();
  }

  @Test
  void theWaitGrowsWithWhatCameAndEndsAtAMillisecond() {
    assertThat(Gathering.nanosAfter(32)).isEqualTo(30_000);
    assertThat(Gathering.nanosAfter(64)).isEqualTo(990_000);
    assertThat(Gathering.nanosAfter(65)).isEqualTo(1_000_000);
    assertThat(Gathering.nanosAfter(8_192)).isEqualTo(1_000_000);
  }
}
