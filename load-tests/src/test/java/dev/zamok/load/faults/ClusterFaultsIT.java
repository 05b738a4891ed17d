package dev.zamok.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.load.audit.AckLevel;
import dev.zamok.load.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole topology under encrypted traffic, one fault after the other, then pairs of them. */
@Tag("long")
class ClusterFaultsIT {
  private static final Path DIRECTORY = Path.of("target", "cluster").toAbsolutePath();
  private static final Duration RESTART_AFTER = Duration.ofMillis(5_000);

  @Test
  void everyFaultIsSurvivedWithNothingLostAndNothingDoubled() throws IOException {
    Scale scale = Scale.cluster();
    // What an earlier run left would be taken up; kept after this one, for whoever looks for
    // causes.
    delete(DIRECTORY);
    try (Topology topology = new Topology(DIRECTORY, !scale.full(), RESTART_AFTER);
        Traffic traffic =
            Traffic.start(scale.plan(topology.servers(), topology.fingerprint()), "all")) {
      Faults faults = new Faults(topology);
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      List<Fault> singles = scale.full() ? faults.all() : faults.brief();
      Stream.concat(singles.stream(), faults.pairs(scale.pairs(), Scale.SEED).stream())
          .forEach(run::run);
      run.report("faults.txt");

      assertThat(run.failures()).isEmpty();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
