package dev.zamok.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  @TempDir Path directory;

  @Test
  void aProcessIsFrozenThawedAndKilled() {
    try (ServerProcess sleeper =
        ServerProcess.start("sleeper", directory, List.of("sleep", "60"))) {
      assertThat(sleeper.isAlive()).isTrue();
      sleeper.freeze();
      sleeper.awaitReady(() -> state(sleeper) == 'T', Duration.ofSeconds(30));
      sleeper.thaw();
      sleeper.awaitReady(() -> state(sleeper) != 'T', Duration.ofSeconds(30));
      sleeper.kill();
      assertThat(sleeper.isAlive()).isFalse();
    }
  }

  /** The letter after the name in proc(5) stat. */
  private static char state(ServerProcess process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProcessThatExitsTellsWhatItPrinted() {
    ServerProcess failing =
        ServerProcess.start("failing", directory, List.of("sh", "-c", "echo no such luck; exit 3"));
    assertThatThrownBy(() -> failing.awaitReady(() -> false, Duration.ofSeconds(30)))
        .hasMessageContaining("exited with 3")
        .hasMessageContaining("no such luck");
  }

  @Test
  void freePortsAreDistinctAndNoneThatAConnectionMayTake() {
    assertThat(new HashSet<>(FreePorts.find(20)))
        .hasSize(20)
        .allMatch(port -> port >= 10_000 && port < 32_768);
  }
}
