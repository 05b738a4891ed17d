package dev.zamok.load.faults;

import dev.zamok.load.audit.Damage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The faults of a cluster. Who is hit is found out when it happens: the primary moves. */
final class Faults {
  private final Topology topology;

  Faults(Topology topology) {
    this.topology = topology;
  }

  /** A process of each kind that messages pass through, and what they are pushed over. */
  List<Fault> killed() {
    return List.of(
        kill("kill -9 of a hub", this::hub),
        kill("kill -9 of an authority", this::authority),
        kill("kill -9 of the Redis primary", this::primary),
        killedPushes(),
        kill("kill -9 of two replicas", this::twoReplicas));
  }

  /** One more of each kind. */
  List<Fault> gentle() {
    return List.of(
        freeze("SIGSTOP of a hub", this::hub),
        emptiedPrimary(),
        restart("restart of a hub in good order", "hub-2"),
        restart("restart of an authority in good order", "authority-2"));
  }

  /** Everything that can be done by process ids. */
  List<Fault> all() {
    return List.of(
        kill("kill -9 of a hub", this::hub),
        freeze("SIGSTOP of a hub", this::hub),
        kill("kill -9 of an authority", this::authority),
        freeze("SIGSTOP of an authority", this::authority),
        kill("kill -9 of the Redis primary", this::primary),
        freeze("SIGSTOP of the Redis primary", this::primary),
        kill("kill -9 of two replicas", this::twoReplicas),
        freeze("SIGSTOP of two replicas", this::twoReplicas),
        kill("kill -9 of the primary and a replica", this::primaryAndReplica),
        freeze("SIGSTOP of the primary and a replica", this::primaryAndReplica),
        kill("kill -9 of a sentinel", () -> List.of("sentinel-2")),
        freeze("SIGSTOP of a sentinel", () -> List.of("sentinel-2")),
        kill("kill -9 of a Cassandra node", this::cassandra),
        freeze("SIGSTOP of a Cassandra node", this::cassandra),
        laggingReplica(),
        doubleFailOver(),
        emptiedPrimary(),
        killedPushes(),
        reconnectWithoutOneAuthority(),
        restart("rolling restart: the first hub", "hub-1"),
        restart("rolling restart: the second hub", "hub-2"),
        restart("rolling restart: the third hub", "hub-3"),
        restart("rolling restart: the first authority", "authority-1"),
        restart("rolling restart: the second authority", "authority-2"),
        restart("rolling restart: the third authority", "authority-3"),
        kill("kill -9 of all hubs", () -> topology.names("hub-")),
        kill("kill -9 of all authorities", () -> topology.names("authority-")),
        kill("kill -9 of all Redis servers", () -> topology.names("redis-")),
        kill("kill -9 of everything", () -> topology.names("")));
  }

  /** Seeded pairs of different single faults; those of the store stay out, they take long. */
  List<Fault> pairs(int count, long seed) {
    List<Fault> singles =
        List.of(
            kill("kill -9 of a hub", this::hub),
            freeze("SIGSTOP of another hub", () -> List.of("hub-2")),
            kill("kill -9 of an authority", this::authority),
            freeze("SIGSTOP of another authority", () -> List.of("authority-2")),
            kill("kill -9 of the Redis primary", this::primary),
            freeze("SIGSTOP of a replica", () -> topology.replicas().subList(0, 1)),
            kill("kill -9 of a sentinel", () -> List.of("sentinel-2")));
    Random random = new Random(seed);
    return Stream.generate(
            () -> {
              int one = random.nextInt(singles.size());
              int other = (one + 1 + random.nextInt(singles.size() - 1)) % singles.size();
              return Fault.pair(singles.get(one), singles.get(other));
            })
        .limit(count)
        .toList();
  }

  private List<String> hub() {
    return List.of("hub-1");
  }

  private List<String> authority() {
    return List.of("authority-1");
  }

  private List<String> primary() {
    return List.of(topology.primary());
  }

  private List<String> twoReplicas() {
    return topology.replicas().subList(0, 2);
  }

  private List<String> primaryAndReplica() {
    return List.of(topology.primary(), topology.replicas().get(0));
  }

  private List<String> cassandra() {
    List<String> nodes = topology.names("cassandra-");
    return List.of(nodes.get(nodes.size() - 1));
  }

  private Fault kill(String name, Supplier<List<String>> which) {
    return end(name, "KILL", which);
  }

  /** As an upgrade does it: it sends its clients away, or hands its leases over, before it ends. */
  private Fault restart(String name, String which) {
    return end(name, "TERM", () -> List.of(which));
  }

  private Fault end(String name, String signal, Supplier<List<String>> which) {
    Map<String, Long> killed = new HashMap<>();
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> {
          List<String> names = which.get();
          killed.putAll(topology.pids(names));
          topology.signal(signal, names);
        },
        () -> {},
        () -> {
          topology.awaitSuccessors(killed);
          killed.clear();
        });
  }

  private Fault freeze(String name, Supplier<List<String>> which) {
    List<String> frozen = new ArrayList<>();
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> {
          frozen.addAll(which.get());
          topology.signal("STOP", frozen);
        },
        () -> {
          topology.signal("CONT", frozen);
          frozen.clear();
        },
        topology::awaitWhole);
  }

  /**
   * The third replica is stopped, then the primary killed: the two that acknowledged are ahead, and
   * one of them must be promoted.
   */
  private Fault laggingReplica() {
    Fault lag = freeze("", () -> topology.replicas().subList(2, 3));
    Fault kill = kill("", this::primary);
    Fault both = Fault.pair(lag, kill);
    return both.called("a replica lags, then kill -9 of the primary");
  }

  /** The primary is killed, and its successor as soon as there is one. */
  private Fault doubleFailOver() {
    Map<String, Long> killed = new HashMap<>();
    return new Fault(
        "kill -9 of the primary, then of its successor",
        Damage.PROCESSES,
        () -> {
          String first = topology.primary();
          killed.putAll(topology.pids(List.of(first)));
          topology.signal("KILL", List.of(first));
          String second = topology.awaitPrimaryOtherThan(first);
          killed.putAll(topology.pids(List.of(second)));
          topology.signal("KILL", List.of(second));
        },
        () -> {},
        () -> {
          topology.awaitSuccessors(killed);
          killed.clear();
        });
  }

  /** The primary is killed and loses its disk; its launcher must not let it serve without data. */
  private Fault emptiedPrimary() {
    Fault kill = kill("the primary is killed, and its files are gone", this::primary);
    return new Fault(
        kill.name(),
        kill.damage(),
        () -> {
          String primary = topology.primary();
          kill.inject().run();
          topology.deleteData(primary);
        },
        kill.heal(),
        kill.settle());
  }

  /** Every subscription of a hub is cut; what was pushed in between is lost. */
  private Fault killedPushes() {
    return new Fault(
        "killed pub/sub connections",
        Damage.PROCESSES,
        () -> topology.tellRedis("CLIENT", "KILL", "TYPE", "pubsub"),
        () -> topology.tellRedis("CLIENT", "KILL", "TYPE", "pubsub"),
        topology::awaitWhole);
  }

  /** All clients come back at once while one authority does not answer. */
  private Fault reconnectWithoutOneAuthority() {
    Fault silent = freeze("", () -> List.of("authority-2"));
    Fault hubs = kill("", () -> topology.names("hub-"));
    Fault both = Fault.pair(silent, hubs);
    return both.called("all reconnect while an authority is stopped");
  }
}
