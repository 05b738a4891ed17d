package dev.zamok.authority.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private final TestClock clock = new TestClock();
  private final TokenBuckets buckets = new TokenBuckets(2, Duration.ofSeconds(10), 3, clock);

  @Test
  void aBucketIsFullAtFirstAndRefillsOneByOne() {
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(4));
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(6));
    clock.advance(Duration.ofSeconds(6));
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isPresent();
    clock.advance(Duration.ofHours(1));
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void keysDoNotShareABucket() {
    buckets.take("a");
    buckets.take("a");
    assertThat(buckets.take("b")).isEmpty();
  }

  @Test
  void aTokenGivenBackIsThereAgainAndNoMore() {
    buckets.take("a");
    buckets.take("a");
    buckets.giveBack("a");
    buckets.giveBack("unknown");
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void onlySoManyKeysAreRememberedTheLastUsedOnes() {
    buckets.take("a");
    buckets.take("a");
    for (String other : new String[] {"b", "c", "a", "d", "e"}) {
      buckets.take(other);
    }
    assertThat(buckets.take("a")).as("used lately").isPresent();
    for (String other : new String[] {"f", "g", "h"}) {
      buckets.take(other);
    }
    assertThat(buckets.take("a")).as("forgotten").isEmpty();
  }
}
