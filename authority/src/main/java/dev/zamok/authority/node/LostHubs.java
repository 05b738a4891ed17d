package dev.zamok.authority.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Hubs that fell silent without a word, by address; after an hour they count as taken away. */
final class LostHubs {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int HUBS_MAX = 1_000;

  private final LongSupplier nanos;
  private final Map<String, Long> sinceNanos = new HashMap<>();

  LostHubs(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void lost(String address) {
    if (sinceNanos.size() < HUBS_MAX) {
      sinceNanos.putIfAbsent(address, nanos.getAsLong());
    }
  }

  /** Another authority knows of them. */
  void adopt(Set<String> addresses) {
    addresses.forEach(this::lost);
  }

  /** Those of which nothing is heard; {@code live} ones came back. */
  Set<String> addresses(Set<String> live) {
    long now = nanos.getAsLong();
    sinceNanos.keySet().removeAll(live);
    sinceNanos.values().removeIf(since -> now - since > KEPT.toNanos());
    return new TreeSet<>(sinceNanos.keySet());
  }
}
