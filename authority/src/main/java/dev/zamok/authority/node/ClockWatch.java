package dev.zamok.authority.node;

import dev.zamok.roomlog.NodeBeat;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the wall clocks of other nodes are from ours, by the times in their beats. Of the last
 * beats the one that differs least counts: a beat that took long to come says nothing about a
 * clock.
 */
final class ClockWatch {
  private static final int BEATS_KEPT = 5;
  private static final int NODES_MAX = 2_000;

  private final Clock clock;
  private final Map<Long, Heard> heard = new HashMap<>();

  ClockWatch(Clock clock) {
    this.clock = clock;
  }

  private static final class Heard {
    private final String name;
    private final Deque<Long> apartMillis = new ArrayDeque<>();

    Heard(String name) {
      this.name = name;
    }

    long leastMillis() {
      return apartMillis.stream().mapToLong(Long::longValue).min().orElse(0);
    }
  }

  void heard(NodeBeat beat) {
    if (heard.size() >= NODES_MAX && !heard.containsKey(beat.id())) {
      return;
    }
    Heard node = heard.computeIfAbsent(beat.id(), id -> new Heard(name(beat)));
    node.apartMillis.add(Math.abs(clock.millis() - beat.timeMillis()));
    if (node.apartMillis.size() > BEATS_KEPT) {
      node.apartMillis.remove();
    }
  }

  static String name(NodeBeat beat) {
    return beat.address().isEmpty() ? Long.toHexString(beat.id()) : beat.address();
  }

  void keepOnly(Set<Long> live) {
    heard.keySet().retainAll(live);
  }

  /** Nodes by name, of which enough was heard, and how far their clocks are away. */
  Map<String, Duration> apart(Duration atLeast) {
    Map<String, Duration> apart = new TreeMap<>();
    heard.values().stream()
        .filter(node -> node.apartMillis.size() == BEATS_KEPT)
        .filter(node -> node.leastMillis() > atLeast.toMillis())
        .forEach(node -> apart.put(node.name, Duration.ofMillis(node.leastMillis())));
    return apart;
  }
}
