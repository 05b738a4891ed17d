package dev.zamok.authority.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of tokens per key: full at first, one token back per interval. A bounded number of keys;
 * past that the least recently used is forgotten. Not thread-safe.
 */
public final class TokenBuckets {
  private final int capacity;
  private final long refillMillis;
  private final int keysMax;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

  public TokenBuckets(int capacity, Duration refill, int keysMax, Clock clock) {
    if (capacity < 1 || refill.toMillis() < 1 || keysMax < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
    this.capacity = capacity;
    this.refillMillis = refill.toMillis();
    this.keysMax = keysMax;
    this.clock = clock;
  }

  /** Takes a token; if there is none, yields how long it takes until there is. */
  public Optional<Duration> take(String key) {
    long now = clock.millis();
    Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(capacity, now));
    trim();
    bucket.refill(now);
    if (bucket.tokens > 0) {
      bucket.tokens--;
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(Math.max(1, bucket.since + refillMillis - now)));
  }

  /** Gives back a token that was taken. */
  public void giveBack(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket != null) {
      bucket.tokens = Math.min(capacity, bucket.tokens + 1);
    }
  }

  private void trim() {
    if (buckets.size() > keysMax) {
      Iterator<String> eldest = buckets.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private final class Bucket {
    private int tokens;
    private long since;

    Bucket(int tokens, long since) {
      this.tokens = tokens;
      this.since = since;
    }

    void refill(long now) {
      long back = Math.max(0, now - since) / refillMillis;
      if (back > 0) {
        tokens = (int) Math.min(capacity, tokens + back);
        since += back * refillMillis;
      }
      if (tokens == capacity || now < since) {
        since = now;
      }
    }
  }
}
