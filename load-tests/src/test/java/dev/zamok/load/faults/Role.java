package dev.zamok.load.faults;

import dev.zamok.cluster.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hub or authority as a process, on a port of its own, whose ways to Redis are tapped. */
final class Role implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final String name;
  private final Path directory;
  private final int port;
  private final Links links;
  private volatile Zamok.@Nullable Started running;

  /**
   * Starts nothing yet.
   *
   * @param name {@code hub-} or {@code authority-} and a number
   * @param links closed with it
   */
  Role(String name, Path directory, int port, Links links) {
    this.name = name;
    this.directory = directory;
    this.port = port;
    this.links = links;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** Where clients reach it, if it is a hub. */
  URI hubUrl() {
    return URI.create("wss://localhost:" + port + "/hub");
  }

  Links links() {
    return links;
  }

  /** Writes the settings: what concerns the log, and {@code more}. */
  void configure(Path keys, String more) {
    String log =
        """
        listen: 127.0.0.1:%d
        keys: "%s"
        data: "%s"
        log:
          kind: redis
          redis:
            ack: "2"
            shards:
              - name: zamok
                sentinels: [%s]
        """
            .formatted(port, keys, directory.resolve("data"), quoted(links.sentinelAddresses()));
    try {
      Files.createDirectories(directory);
      Files.writeString(settings(), log + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that it is started with. */
  Path settings() {
    return directory.resolve("zamok.yaml");
  }

  private static String quoted(List<String> all) {
    return '"' + String.join("\", \"", all) + '"';
  }

  /** Blocks until it is ready. */
  void start() {
    startWith(List.of());
  }

  /**
   * As {@link #start()}.
   *
   * @param before goes before its command
   */
  void startWith(List<String> before) {
    List<String> command = new ArrayList<>(before);
    String role = name.substring(0, name.indexOf('-'));
    command.addAll(Zamok.command(OPTIONS, List.of(role, "--config", settings().toString())));
    running = Zamok.start(name, directory, command);
  }

  String fingerprint() {
    return started().fingerprint();
  }

  ServerProcess process() {
    return started().process();
  }

  private Zamok.Started started() {
    Zamok.Started now = running;
    if (now == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return now;
  }

  void kill() {
    process().kill();
  }

  @Override
  public void close() {
    Zamok.Started now = running;
    if (now != null) {
      now.process().kill();
    }
    links.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
