package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.audit.Damage;
import dev.zamok.load.traffic.Traffic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-node server under encrypted traffic: killed, stopped, killed again. */
class OneNodeFaultsIT {
  @Test
  void aServerKilledUnderTrafficLosesNothingAndDoublesNothing(@TempDir Path directory) {
    Scale scale = Scale.oneNode();
    try (OneNode node = new OneNode(directory);
        Traffic traffic =
            Traffic.start(scale.plan(List.of(node.server()), node.fingerprint()), "one")) {
      FaultRun run = new FaultRun(traffic, scale, AckLevel.LOCAL, System.out);
      Runnable nothing = () -> {};
      Fault kill =
          new Fault("kill -9 of the server", Damage.PROCESSES, node::kill, node::restart, nothing);
      Fault freeze =
          new Fault("SIGSTOP of the server", Damage.PROCESSES, node::freeze, node::thaw, nothing);
      List.of(kill, freeze, kill.called("kill -9 of the server again")).forEach(run::run);
      run.report("faults-one-node.txt");

      assertThat(run.failures()).isEmpty();
    }
  }
}
