package dev.zamok.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Fault: the JVM of a test run is killed, and its servers run on for ever. */
  @Test
  void serversEndWithAJvmThatIsKilled() throws Exception {
    ServerProcess parent =
        ServerProcess.start(
            "parent",
            directory,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.toString()));
    Pattern pids = Pattern.compile("pids (\\d+) (\\d+)\\R");
    parent.awaitReady(() -> pids.matcher(parent.printed()).find(), Duration.ofMinutes(1));
    Matcher told = pids.matcher(parent.printed());
    assertThat(told.find()).isTrue();
    ProcessHandle one = ProcessHandle.of(Long.parseLong(told.group(1))).orElseThrow();
    ProcessHandle other = ProcessHandle.of(Long.parseLong(told.group(2))).orElseThrow();
    parent.awaitReady(() -> other.children().findAny().isPresent(), Duration.ofMinutes(1));
    List<ProcessHandle> servers = new ArrayList<>(other.children().toList());
    servers.add(one);
    servers.add(other);
    parent.kill();
    for (ProcessHandle server : servers) {
      server.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void freePortsAreDistinctAndNoneThatAConnectionMayTake() {
    assertThat(new HashSet<>(FreePorts.find(20)))
        .hasSize(20)
        .allMatch(port -> port >= 10_000 && port < 32_768);
  }
}
