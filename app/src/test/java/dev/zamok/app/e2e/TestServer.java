package dev.zamok.app.e2e;

import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.server.NodeServer;
import dev.zamok.authority.account.AccountConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real server in this process: hub and authority on one port of loopback, files in a directory.
 */
final class TestServer implements AutoCloseable {
  private static final long SECONDS_MAX = 120;

  private final Path directory;
  private final Clock clock;
  private @Nullable Path config;
  private Vertx vertx;
  private NodeServer node;

  private TestServer(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
    start(0);
  }

  static TestServer start(Path directory) {
    return new TestServer(directory, Clock.systemUTC());
  }

  static TestServer start(Path directory, Clock clock) {
    return new TestServer(directory, clock);
  }

  private void start(int port) {
    NodeSettings settings =
        NodeSettings.read(config)
            .at(
                new ListenAddress("127.0.0.1", port),
                directory.resolve("data"),
                directory.resolve("keys"));
    vertx = Vertx.vertx();
    node = await(NodeServer.start(vertx, cheap(settings), null, clock));
  }

  /** Down as an administrator takes it down. */
  void stop() {
    await(node.stop());
    await(vertx.close());
  }

  /** Up again on the same port, with the same files. */
  void restart() {
    start(node.port());
  }

  /** From now on nobody makes an account who is not invited. */
  void closeRegistration() {
    configure("authority:\n  registration: closed\n");
  }

  /** Up again with these settings. */
  void configure(String yaml) {
    config = directory.resolve("server.yaml");
    try {
      Files.writeString(config, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stop();
    restart();
  }

  int port() {
    return node.port();
  }

  URI uri() {
    return uri(node.port());
  }

  static URI uri(int port) {
    return URI.create("https://localhost:" + port);
  }

  String fingerprint() {
    return node.fingerprint();
  }

  Path data() {
    return directory.resolve("data");
  }

  @Override
  public void close() {
    stop();
  }

  /** As {@link Person#CHEAP} is for people. */
  private static NodeSettings cheap(NodeSettings settings) {
    AccountConfig.Passwords base = settings.authority().passwords();
    AccountConfig.Passwords other =
        new AccountConfig.Passwords(Person.CHEAP, base.threads(), base.waitingMax());
    return settings.with(settings.authority().with(other));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server does not do what it should", e);
    }
  }
}
