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
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole topology under encrypted traffic, one fault after the other, then pairs of them. */
class ClusterFaultsIT {
  private static final Path DIRECTORY = Path.of("target", "cluster").toAbsolutePath();
  private static final Duration RESTART_AFTER = Duration.ofMillis(5_000);

  @Test
  @Tag("cluster")
  void aProcessOfEachKindIsKilledAndNothingIsLostOrDoubled() throws IOException {
    Scale scale = Scale.cluster();
    run("faults.txt", scale, Faults::killed);
  }

  @Test
  @Tag("long")
  void everyOtherFaultIsSurvivedWithNothingLostAndNothingDoubled() throws IOException {
    Scale scale = Scale.cluster();
    run(
        "faults-all.txt",
        scale,
        faults -> {
          List<Fault> singles = scale.full() ? faults.all() : faults.gentle();
          return Stream.concat(singles.stream(), faults.pairs(scale.pairs(), Scale.SEED).stream())
              .toList();
        });
  }

  private static void run(String report, Scale scale, Function<Faults, List<Fault>> which)
      throws IOException {
    // What an earlier run left would be taken up; kept after this one, for whoever looks for
    // causes.
    delete(DIRECTORY);
    try (Topology topology = new Topology(DIRECTORY, !scale.full(), RESTART_AFTER);
        Traffic traffic =
            Traffic.start(scale.plan(topology.servers(), topology.fingerprint()), "all")) {
      FaultRun run = new FaultRun(traffic, scale, AckLevel.TWO_REPLICAS, System.out);
      which.apply(new Faults(topology)).forEach(run::run);
      run.report(report);

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
