package dev.zamok.authority.node;

import dev.zamok.roomlog.NodeBeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The hubs that live, as their beats tell. Belongs to the event loop of the authority.
 *
 * <p>Beats come over the log: no client's frame and no operation of the hub's server API becomes
 * one, and {@link BeatGate} keeps out those of others who reach the log.
 */
final class HubRegistry {
  static final int HUBS_MAX = 1_000;

  /** Told to one client, best first. */
  static final int TOLD_MAX = 3;

  private static final Pattern URL =
      Pattern.compile("wss?://[A-Za-z0-9.:\\[\\]-]{1,255}(/[A-Za-z0-9._/-]*)?");

  private final long lostNanos;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Map<Long, Hub> hubs = new LinkedHashMap<>();

  HubRegistry(Duration lost, LongSupplier nanos, RandomGenerator random) {
    this.lostNanos = lost.toNanos();
    this.nanos = nanos;
    this.random = random;
  }

  /** A hub, and how many clients were sent there since its last beat. */
  private static final class Hub {
    private NodeBeat beat;
    private long heardNanos;
    private int sent;

    Hub(NodeBeat beat, long heardNanos) {
      this.beat = beat;
      this.heardNanos = heardNanos;
    }

    double weight() {
      return Math.max(0, beat.load().free() - sent);
    }
  }

  /** Takes in a beat; false when it was not taken for one of a hub. */
  boolean heard(NodeBeat beat) {
    if (beat.role() != NodeBeat.Role.HUB || !URL.matcher(beat.address()).matches()) {
      return false;
    }
    Hub known = hubs.get(beat.id());
    if (known == null) {
      if (hubs.size() >= HUBS_MAX) {
        return false;
      }
      hubs.put(beat.id(), new Hub(beat, nanos.getAsLong()));
      return true;
    }
    known.beat = beat;
    known.heardNanos = nanos.getAsLong();
    known.sent = 0;
    return true;
  }

  /** Forgets those that left or fell silent, and yields the latter. */
  List<NodeBeat> forgetSilent() {
    List<NodeBeat> lost = new ArrayList<>();
    hubs.values()
        .removeIf(
            hub -> {
              boolean left = hub.beat.load().standing() == NodeBeat.Standing.LEFT;
              boolean silent = nanos.getAsLong() - hub.heardNanos >= lostNanos;
              if (silent && !left) {
                lost.add(hub.beat);
              }
              return left || silent;
            });
    return lost;
  }

  /** The last beats of those that live, by address. */
  List<NodeBeat> live() {
    return hubs.values().stream()
        .filter(hub -> nanos.getAsLong() - hub.heardNanos < lostNanos)
        .map(hub -> hub.beat)
        .filter(beat -> beat.load().standing() != NodeBeat.Standing.LEFT)
        .sorted(Comparator.comparing(NodeBeat::address))
        .toList();
  }

  /**
   * Addresses for one client, the first one to be tried first: drawn by how much room each has, so
   * that hubs fill evenly. Those that are full or drain come only when there is no other.
   */
  List<String> choose() {
    List<Hub> left = new ArrayList<>();
    for (Hub hub : hubs.values()) {
      boolean silent = nanos.getAsLong() - hub.heardNanos >= lostNanos;
      if (!silent && hub.beat.load().standing() == NodeBeat.Standing.SERVING) {
        left.add(hub);
      }
    }
    List<String> chosen = new ArrayList<>();
    while (!left.isEmpty() && chosen.size() < TOLD_MAX) {
      Hub hub = draw(left);
      left.remove(hub);
      if (chosen.isEmpty()) {
        hub.sent++;
      }
      if (!chosen.contains(hub.beat.address())) {
        chosen.add(hub.beat.address());
      }
    }
    return chosen;
  }

  private Hub draw(List<Hub> from) {
    double all = from.stream().mapToDouble(Hub::weight).sum();
    if (all <= 0) {
      return from.get(random.nextInt(from.size()));
    }
    double at = random.nextDouble() * all;
    for (Hub hub : from) {
      at -= hub.weight();
      if (at < 0) {
        return hub;
      }
    }
    return from.get(from.size() - 1);
  }
}
