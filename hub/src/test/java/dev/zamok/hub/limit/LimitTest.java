package dev.zamok.hub.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aBucketGivesItsBurstThenItsRateAndTellsHowLongToWait() {
    for (long start : new long[] {0, -5 * SECOND, Long.MAX_VALUE - SECOND}) {
      TokenBucket bucket = new TokenBucket(new Rate(10, 3), start);
      assertThat(bucket.take(1, start)).isZero();
      assertThat(bucket.take(2, start)).isZero();
      long wait = bucket.take(1, start);
      assertThat(wait).isEqualTo(SECOND / 10);
      assertThat(bucket.take(1, start + wait - 1)).isPositive();
      assertThat(bucket.take(1, start + wait)).isZero();
      assertThat(bucket.take(1, start + wait)).isPositive();
    }
  }

  @Test
  void aBucketIsNeverFullerThanItsBurst() {
    TokenBucket bucket = new TokenBucket(new Rate(10, 3), 0);
    long later = 100 * SECOND;
    assertThat(bucket.take(3, later)).isZero();
    assertThat(bucket.take(1, later)).isPositive();
  }

  @Test
  void everythingIsSweptOnceInFourTicksAlsoWhenItRemovesItselfAndItsNeighbour() {
    Sweeper sweeper = new Sweeper();
    List<Integer> swept = new ArrayList<>();
    List<Sweeper.Swept> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      Sweeper.Swept one =
          new Sweeper.Swept() {
            @Override
            protected void sweep(long nowNanos) {
              swept.add(number);
              if (number == 20) {
                sweeper.remove(all.get(20));
                sweeper.remove(all.get(16));
              }
            }
          };
      all.add(one);
      sweeper.add(one);
    }
    for (int tick = 0; tick < 4; tick++) {
      sweeper.tick(tick);
    }
    // 16 stands behind 20 in the same slot
    assertThat(swept).hasSize(39).doesNotHaveDuplicates().doesNotContain(16);
    swept.clear();
    for (int tick = 0; tick < 4; tick++) {
      sweeper.tick(tick);
    }
    assertThat(swept).hasSize(38).doesNotContain(16, 20);
    sweeper.remove(all.get(16));
  }
}
