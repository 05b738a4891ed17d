package dev.zamok.load.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run of a simulation, as part of every build. It is judged by its audit alone. */
class SmokeSimulationIT {
  private static final Duration LONGEST = Duration.ofMinutes(8);

  @Test
  void aSmallReconnectStormLosesNothingAndDoublesNothing(@TempDir Path directory) {
    ServerProcess gatling = ServerProcess.start("gatling", directory, command(directory));
    gatling.awaitEnd(LONGEST);

    assertThat(gatling.printed()).contains("audit passed");
  }

  private static List<String> command(Path directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        // Gatling's own need.
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Djava.util.prefs.userRoot=" + directory,
        "-Dzamok.users=6",
        "-Dzamok.storms=1",
        "-Dzamok.talkers=2",
        "-Dzamok.accounts=2",
        "-Dzamok.seconds=2",
        "-Dzamok.settling.seconds=1",
        "-cp",
        System.getProperty("java.class.path"),
        "io.gatling.app.Gatling",
        "--simulation",
        ReconnectStormSimulation.class.getName(),
        "--results-folder",
        directory.resolve("results").toString(),
        "--no-reports");
  }
}
