package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.process.Child;
import dev.zamok.load.bench.server.Launch;
import dev.zamok.load.bench.wire.Generator;
import dev.zamok.load.bench.wire.Speech;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A hub of the cluster as a process, in the clear.
 *
 * @param port where clients reach it
 */
record NodeHub(Child process, int port) implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready: ws://\\S*?:([0-9]+)/hub");

  /**
   * One connection may publish without being told to wait, and everybody comes from few addresses;
   * all else is default.
   */
  private static final String SETTINGS =
      """
      hub:
        publishesPerSecond: 100000
        connectionsPerAddressMax: 100000
      """;

  /**
   * Blocks until it listens.
   *
   * @param ticketKeys whose tickets it takes
   * @param log the settings of its log
   */
  static NodeHub start(Launch launch, Path directory, Path ticketKeys, String log) {
    Path settings = Site.written(directory.resolve("zamok.yaml"), log + SETTINGS);
    List<String> command = new ArrayList<>(launch.zamok());
    command.addAll(List.of("hub", "--clear", "--listen", "127.0.0.1:0"));
    command.addAll(List.of("--config", settings.toString()));
    command.addAll(List.of("--data", directory.resolve("data").toString()));
    command.addAll(List.of("--keys", directory.resolve("keys").toString()));
    command.addAll(List.of("--ticket-keys", ticketKeys.toString()));
    Child child =
        Child.start(
            command,
            Map.of("ZAMOK_JAVA_OPTIONS", String.join(" ", launch.javaOptions())),
            directory.resolve("hub.out"));
    try {
      return new NodeHub(child, Integer.parseInt(child.await(READY)));
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  Generator.Target target(Speech speech) {
    return new Generator.Target(port, null, speech);
  }

  /** SIGKILL. */
  void kill() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    process.close();
  }
}
