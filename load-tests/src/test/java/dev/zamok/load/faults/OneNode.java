package dev.zamok.load.faults;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** {@code zamok serve}, killed and started again on its port with its files. */
final class OneNode implements AutoCloseable {
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final Path directory;
  private Zamok.Started running;
  private final URI server;

  OneNode(Path directory) {
    this.directory = directory;
    running = start(0);
    URI printed = URI.create(running.ready().split(" ", 2)[0]);
    server = URI.create("https://127.0.0.1:" + printed.getPort());
  }

  private Zamok.Started start(int port) {
    return Zamok.start(
        "serve",
        directory,
        OPTIONS,
        List.of(
            "serve",
            "--listen",
            "127.0.0.1:" + port,
            "--data",
            directory.resolve("data").toString(),
            "--keys",
            directory.resolve("keys").toString()));
  }

  URI server() {
    return server;
  }

  String fingerprint() {
    return running.fingerprint();
  }

  void kill() {
    running.process().kill();
  }

  void freeze() {
    running.process().freeze();
  }

  void thaw() {
    running.process().thaw();
  }

  void restart() {
    running = start(server.getPort());
  }

  @Override
  public void close() {
    running.process().kill();
  }
}
