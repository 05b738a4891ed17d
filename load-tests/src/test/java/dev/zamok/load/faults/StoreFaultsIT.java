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
 * A small cluster on one Cassandra node that does not answer, or answers in vain: what was to be
 * changed stands in doubt, and must be found out.
 */
@Tag("long")
class StoreFaultsIT {
  /** Longer than the authority waits for an answer of the store, and looks for its outcome. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  @Test
  void changesInDoubtAreFoundOut(@TempDir Path directory) {
    Scale scale = Scale.rig().holding(SILENCE);
    try (Rig rig = Rig.withCassandra(directory, 1);
        Traffic traffic = Traffic.start(scale.plan(rig.servers(), rig.fingerprint()), "store")) {
      traffic.logKeeps(Rig.KEPT_BESIDE_CASSANDRA);
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      faults(rig).forEach(run::run);
      run.report("faults-store.txt");

      assertThat(run.failures()).isEmpty();
    }
  }

  private static List<Fault> faults(Rig rig) {
    Tap way = rig.wayToStore();
    CassandraNode node = rig.cassandra();
    Fault unheard =
        fault("the store's answers do not come", way::holdToClient, way::release, () -> {});
    return List.of(
        unheard.during(Change.REMOVAL),
        unheard.called("the store's answers do not come, again").during(Change.RESET),
        fault("nothing reaches the store", way::holdToServer, way::release, () -> {})
            .during(Change.REMOVAL),
        fault("the store's connections are cut", way::cut, () -> {}, () -> {})
            .during(Change.RATCHET),
        fault("SIGSTOP of Cassandra", node::freeze, node::thaw, () -> {}).during(Change.REMOVAL),
        fault("kill -9 of Cassandra", node::kill, node::restart, node::awaitReady)
            .during(Change.REMOVAL));
  }

  private static Fault fault(String name, Runnable inject, Runnable heal, Runnable settle) {
    return new Fault(name, Damage.PROCESSES, inject, heal, settle);
  }
}
