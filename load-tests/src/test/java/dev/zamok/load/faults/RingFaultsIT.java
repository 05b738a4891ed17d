package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.audit.Damage;
import dev.zamok.load.faults.tap.Tap;
import dev.zamok.load.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small cluster on three Cassandra nodes that do not hear each other: with two that do all goes
 * on, with fewer what was to be changed stands in doubt until they do again.
 */
@Tag("long")
class RingFaultsIT {
  /** Longer than the authority waits for an answer of the store, and looks for its outcome. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  @Test
  void nodesThatDoNotHearEachOtherLoseNothing(@TempDir Path directory) {
    Scale scale = Scale.rig().holding(SILENCE);
    try (Rig rig = Rig.withRing(directory, 1);
        Traffic traffic = Traffic.start(scale.plan(rig.servers(), rig.fingerprint()), "ring")) {
      traffic.logKeeps(Rig.KEPT_BESIDE_CASSANDRA);
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      faults(rig).forEach(run::run);
      run.report("faults-ring.txt");

      assertThat(run.failures()).isEmpty();
    }
  }

  private static List<Fault> faults(Rig rig) {
    CassandraNode second = rig.cassandra(1);
    CassandraNode third = rig.cassandra(2);
    Tap toSecond = rig.wayBetweenNodes(1);
    Tap toThird = rig.wayBetweenNodes(2);
    return List.of(
        fault(
                "a Cassandra node hears nothing of the others",
                toThird::holdToServer,
                toThird::release)
            .during(Change.REMOVAL),
        fault(
                "two Cassandra nodes hear nothing of the others",
                () -> {
                  toSecond.holdToServer();
                  toThird.holdToServer();
                },
                () -> {
                  toSecond.release();
                  toThird.release();
                })
            .during(Change.RESET),
        fault(
                "SIGSTOP of a Cassandra node, and another hears nothing",
                () -> {
                  second.freeze();
                  toThird.holdToServer();
                },
                () -> {
                  toThird.release();
                  second.thaw();
                })
            .during(Change.REMOVAL),
        new Fault(
                "kill -9 of a Cassandra node, and the connections of another are cut",
                Damage.PROCESSES,
                () -> {
                  second.kill();
                  toThird.cut();
                },
                second::restart,
                second::awaitReady)
            .during(Change.REMOVAL));
  }

  private static Fault fault(String name, Runnable inject, Runnable heal) {
    return new Fault(name, Damage.PROCESSES, inject, heal, () -> {});
  }
}
