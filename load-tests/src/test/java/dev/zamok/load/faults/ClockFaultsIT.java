package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.cassandra.CassandraJava;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.audit.Damage;
import dev.zamok.load.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wall clocks that are an hour wrong, on each kind of node. Needs libfaketime. */
@Tag("long")
class ClockFaultsIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void clocksThatAreAnHourWrongLoseNothing(@TempDir Path directory) {
    Path java = WrongClock.javaHome(directory.resolve("java"));
    System.setProperty(CassandraJava.PROPERTY, java.toString());
    Scale scale = Scale.rig();
    try (Rig rig = Rig.withCassandra(directory, 2);
        Traffic traffic = Traffic.start(scale.plan(rig.servers(), rig.fingerprint()), "clock")) {
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      faults(rig, java).forEach(run::run);
      run.report("faults-clocks.txt");

      assertThat(run.failures()).isEmpty();
    } finally {
      System.clearProperty(CassandraJava.PROPERTY);
    }
  }

  private static List<Fault> faults(Rig rig, Path java) {
    List<Fault> all = new ArrayList<>();
    for (Duration offset : List.of(HOUR, HOUR.negated())) {
      String what = offset.isNegative() ? " an hour behind" : " an hour ahead";
      all.add(role("a hub" + what, rig.hubs().get(0), offset));
      all.add(role("the authority" + what, rig.authority(), offset));
      all.add(cassandra("Cassandra" + what, rig, java, offset));
    }
    all.add(redis(rig));
    return all;
  }

  private static Fault role(String name, Role role, Duration offset) {
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> {
          role.kill();
          role.startWith(WrongClock.ahead(offset));
        },
        () -> {
          role.kill();
          WrongClock.clear(role.process().pid());
          role.start();
        },
        () -> {});
  }

  private static Fault cassandra(String name, Rig rig, Path java, Duration offset) {
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> restart(rig, java, offset),
        () -> restart(rig, java, Duration.ZERO),
        () -> {});
  }

  private static void restart(Rig rig, Path java, Duration offset) {
    rig.cassandra().kill();
    WrongClock.clear(rig.cassandra().pid());
    WrongClock.set(java, offset);
    rig.cassandra().restart();
    rig.cassandra().awaitReady();
  }

  /**
   * The static Redis takes no other clock. What a primary leaves whose clock is an hour ahead is
   * the newest time of each partition: the next primary is an hour behind that.
   */
  private static Fault redis(Rig rig) {
    return new Fault(
        "a primary an hour ahead, then one whose clock is right",
        Damage.PROCESSES,
        () -> {
          RedisServer primary = rig.redis().primary();
          for (Object partition : (List<?>) primary.ask("KEYS", "*}:m")) {
            primary.ask(
                "HINCRBY", String.valueOf(partition), "time", Long.toString(HOUR.toMillis()));
          }
        },
        rig::failOver,
        rig::awaitWhole);
  }
}
