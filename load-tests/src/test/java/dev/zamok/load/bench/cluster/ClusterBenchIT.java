package dev.zamok.load.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.load.bench.Bench;
import dev.zamok.load.bench.Result;
import dev.zamok.load.bench.process.Pinning;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of it at a tiny size, with real servers. What is measured is not judged. */
@Tag("long")
class ClusterBenchIT {
  @Test
  void everythingThatWasAcknowledgedArrivesOnceAlsoThroughAFailOver(@TempDir Path directory) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> zamok =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.zamok.app.Main");
    Launch launch = new Launch(zamok, List.of(), List.of(), new Pinning(), directory);
    Bench.Size size = new Bench.Size(40, 2, 64, 0);
    try (Generator generator = new Generator()) {
      Result result =
          new Cluster(size, List.of(400))
              .run(new Bench(new Bench.Plan(false, 1, 0, 1, size), launch, generator, text -> {}));
      assertThat(result.lost()).isZero();
      assertThat(result.doubled()).isZero();
      assertThat(result.ours()).isPositive();
      assertThat(result.reference()).isPositive();
      assertThat(result.more())
          .containsKeys("at400AckP99Micros", "at400DeliverP99Micros", "failOverPauseMillis")
          .containsEntry("stormClients", 40);
    }
  }
}
