package dev.zamok.app.cluster;

import dev.zamok.app.SameJava;
import dev.zamok.cluster.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An authority or a hub.
 *
 * @param command of {@code zamok}
 */
record RolePart(String name, String command, Path directory) implements Part {
  /** Its settings, in its directory. */
  static final String SETTINGS = "zamok.yaml";

  /** Six of them, three Cassandra nodes and four Redis servers share one machine. */
  private static final List<String> SMALL = List.of("-Xmx384m", "-XX:+UseSerialGC");

  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(20);
  private static final Duration START_TIME_MAX = Duration.ofSeconds(250);

  @Override
  public Running start() {
    ServerProcess process =
        ServerProcess.start(
            name,
            directory,
            SameJava.command(
                SMALL, List.of(command, "--config", directory.resolve(SETTINGS).toString())));
    process.awaitReady(() -> process.printed().contains("\nready: "), START_TIME_MAX);
    return new Started(process);
  }

  private record Started(ServerProcess process) implements Running {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void stop() {
      process.stop(STOP_TIME_MAX);
    }
  }
}
