package dev.zamok.load.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossingTest {
  private static final int ROOMS = 2;
  private static final int LISTENERS = 2;

  private final Crossing crossing = new Crossing(ROOMS, LISTENERS, 128);

  @Test
  void whatEverybodyHeardOnceIsNeitherLostNorDoubled() {
    crossing.answered(0, 0);
    crossing.heard(0, 0, System.nanoTime());
    crossing.heard(1, 0, System.nanoTime());
    assertThat(crossing.lost()).isZero();
    assertThat(crossing.doubled()).isZero();
    assertThat(crossing.delivered()).isEqualTo(2);
  }

  @Test
  void whatWasAcknowledgedAndNotHeardIsLostForEachListenerOfItsRoom() {
    crossing.answered(1, 7);
    assertThat(crossing.lost()).isEqualTo(2);
    crossing.heard(2, 7, System.nanoTime());
    assertThat(crossing.lost()).isOne();
  }

  @Test
  void whatWasRefusedAndIsHeardAllTheSameIsNotLost() {
    crossing.heard(0, 3, System.nanoTime());
    assertThat(crossing.lost()).isZero();
    assertThat(crossing.doubled()).isZero();
  }

  /** Fault: a fail-over after which nothing was acknowledged any more was a short pause. */
  @Test
  void aSilenceThatHasNotEndedCounts() {
    crossing.answered(0, 0);
    crossing.beginMeasuring();
    long since = System.nanoTime();
    while (System.nanoTime() == since) {
      Thread.onSpinWait();
    }
    long least = System.nanoTime() - since;
    assertThat(crossing.silenceNanos()).isPositive().isGreaterThanOrEqualTo(least);
  }

  @Test
  void whatIsHeardTwiceIsDoubled() {
    crossing.answered(0, 0);
    crossing.heard(0, 0, System.nanoTime());
    crossing.heard(0, 0, System.nanoTime());
    assertThat(crossing.doubled()).isOne();
    assertThat(crossing.delivered()).isOne();
  }
}
