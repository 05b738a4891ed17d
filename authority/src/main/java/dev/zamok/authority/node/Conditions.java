package dev.zamok.authority.node;

import dev.zamok.authority.alert.Condition;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is told to people when it is wrong. */
final class Conditions {
  private static final int REPLICAS_MIN = 3;
  private static final Duration LAG_MAX = Duration.ofMinutes(1);
  private static final Duration APART_MAX = Duration.ofSeconds(2);

  private final RoomLog log;
  private final Supplier<List<Peer>> authorities;
  private final LostHubs lostHubs;
  private final HubRegistry hubs;
  private final ClockWatch clocks;
  private final BeatGate gate;

  /**
   * An authority, this one included.
   *
   * @param problems as of {@link OwnProblems#text}
   */
  record Peer(String name, boolean live, Duration lag, String problems) {}

  Conditions(
      RoomLog log,
      Supplier<List<Peer>> authorities,
      LostHubs lostHubs,
      HubRegistry hubs,
      ClockWatch clocks,
      BeatGate gate) {
    this.log = log;
    this.authorities = authorities;
    this.lostHubs = lostHubs;
    this.hubs = hubs;
    this.clocks = clocks;
    this.gate = gate;
  }

  List<Condition> all() {
    return List.of(
        condition("log-replicas", raised -> log.health().map(health -> shards(health))),
        condition("authority-lost", raised -> now(lostAuthorities())),
        condition("hub-lost", raised -> now(lostHubs(raised))),
        condition("beats-refused", raised -> now(refusedBeats())),
        condition("archive-lag", raised -> now(lagging())),
        condition(OwnProblems.DISK, raised -> now(told(OwnProblems.DISK))),
        condition(OwnProblems.CERTIFICATE, raised -> now(told(OwnProblems.CERTIFICATE))),
        condition(OwnProblems.ALTERED, raised -> now(told(OwnProblems.ALTERED))),
        condition(OwnProblems.LATE, raised -> now(told(OwnProblems.LATE))),
        condition("clocks-apart", raised -> now(apart())));
  }

  private static Future<Map<String, String>> now(Map<String, String> wrong) {
    return Future.succeededFuture(wrong);
  }

  /** A log without replicas, that of one process, has none to miss. */
  private static Map<String, String> shards(LogHealth health) {
    Map<String, String> wrong = new TreeMap<>();
    for (LogHealth.Shard shard : health.shards()) {
      String problem = shard.problem();
      if (problem != null) {
        wrong.put(shard.name(), problem);
      } else if (shard.replicasNeeded() > 0 && shard.replicas() < REPLICAS_MIN) {
        wrong.put(shard.name(), shard.replicas() + " replicas keep up, fewer than " + REPLICAS_MIN);
      }
    }
    return wrong;
  }

  private Map<String, String> lostAuthorities() {
    Map<String, String> wrong = new TreeMap<>();
    List<String> live = new ArrayList<>();
    for (Peer peer : authorities.get()) {
      if (peer.live()) {
        live.add(peer.name());
      } else {
        wrong.put(peer.name(), "nothing is heard of this authority");
      }
    }
    wrong.keySet().removeAll(live);
    return wrong;
  }

  private Map<String, String> lostHubs(Set<String> raised) {
    Map<String, String> wrong = new TreeMap<>();
    Set<String> live = new java.util.HashSet<>();
    hubs.live().stream().map(NodeBeat::address).forEach(live::add);
    lostHubs.adopt(raised);
    lostHubs.addresses(live).forEach(hub -> wrong.put(hub, "nothing is heard of this hub"));
    return wrong;
  }

  /** One subject for all: the address is a stranger's word. */
  private Map<String, String> refusedBeats() {
    String last = gate.complaint();
    return last == null
        ? Map.of()
        : Map.of(
            "hubs",
            "beats without the key of beats are ignored, the last of "
                + last
                + ": a hub that lacks hub.beatKey, or a forgery");
  }

  private Map<String, String> lagging() {
    Map<String, String> wrong = new TreeMap<>();
    for (Peer peer : authorities.get()) {
      if (peer.live() && peer.lag().compareTo(LAG_MAX) > 0) {
        wrong.put(peer.name(), "entries wait to be archived for " + peer.lag().toSeconds() + " s");
      }
    }
    return wrong;
  }

  private Map<String, String> told(String kind) {
    Map<String, String> wrong = new TreeMap<>();
    for (Peer peer : authorities.get()) {
      if (peer.live()) {
        peer.problems()
            .lines()
            .filter(line -> line.startsWith(kind + " "))
            .forEach(line -> wrong.put(peer.name(), line.substring(kind.length() + 1)));
      }
    }
    return wrong;
  }

  private Map<String, String> apart() {
    Map<String, String> wrong = new TreeMap<>();
    clocks
        .apart(APART_MAX)
        .forEach((node, by) -> wrong.put(node, "its clock is " + by.toMillis() + " ms away"));
    return wrong;
  }

  private static Condition condition(
      String kind, Function<Set<String>, Future<Map<String, String>>> check) {
    return new Condition() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public Future<Map<String, String>> check(Set<String> raised) {
        return check.apply(raised);
      }
    };
  }
}
