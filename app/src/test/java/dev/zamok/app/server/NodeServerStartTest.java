package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from starting is named with what to do, and nothing is destroyed. */
class NodeServerStartTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir Path directory;

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused(taken.getLocalPort(), "cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
    startAndStop();
  }

  @Test
  void aSecondServerOnTheSamePortIsRefusedThoughPortsAreShared() throws Exception {
    NodeServer first = await(start(0));
    try {
      NodeSettings other =
          NodeSettings.read(null)
              .at(
                  new ListenAddress("127.0.0.1", first.port()),
                  directory.resolve("data2"),
                  directory.resolve("keys2"));
      assertThatThrownBy(() -> await(NodeServer.start(vertx, other, null, Clock.systemUTC())))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("cannot listen on");
    } finally {
      await(first.stop());
    }
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() throws Exception {
    NodeServer first = await(start(0));
    try {
      refused(0, "is in use by a running server");
    } finally {
      await(first.stop());
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
    Files.writeString(directory.resolve("data"), "a file where the directory should be");
    refused(0, "data");
    assertThat(directory.resolve("data")).hasContent("a file where the directory should be");
  }

  @Test
  void aDamagedDatabaseIsNamedAndLeftAsItIs() throws Exception {
    startAndStop();
    Path database = directory.resolve("data/zamok.db");
    byte[] content = Files.readAllBytes(database);
    for (int i = 0; i < 4096; i++) {
      content[i] = (byte) (i * 31);
    }
    Files.write(database, content);
    refused(0, "zamok.db");
    assertThat(Files.readAllBytes(database)).isEqualTo(content);
  }

  @Test
  void aLostKeyringIsNamedAndNoNewOneIsMade() throws Exception {
    startAndStop();
    Path keyring = directory.resolve("keys/keyring.json");
    Path kept = Files.move(keyring, directory.resolve("kept.json"));
    refused(0, "keyring");
    assertThat(keyring).doesNotExist();
    Files.move(kept, keyring);
    startAndStop();
  }

  @Test
  void theKeyringOfAnotherServerIsRefused() throws Exception {
    startAndStop();
    Path elsewhere = directory.resolve("elsewhere");
    NodeSettings other =
        NodeSettings.read(null)
            .at(
                new ListenAddress("127.0.0.1", 0),
                elsewhere.resolve("data"),
                elsewhere.resolve("keys"));
    await(await(NodeServer.start(vertx, other, null, Clock.systemUTC())).stop());
    Path keyring = directory.resolve("keys/keyring.json");
    Files.move(
        elsewhere.resolve("keys/keyring.json"), keyring, StandardCopyOption.REPLACE_EXISTING);
    refused(0, "keyring");
  }

  @Test
  void aStartThatFailsLeavesNoFileChanged() throws Exception {
    startAndStop();
    Map<String, Long> before = sizes();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused(taken.getLocalPort(), "cannot listen");
    }
    assertThat(sizes().keySet()).isEqualTo(before.keySet());
    startAndStop();
  }

  private Map<String, Long> sizes() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sizes.put(directory.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }

  private void refused(int port, String why) {
    assertThatThrownBy(() -> await(start(port)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(why);
  }

  private void startAndStop() throws Exception {
    await(await(start(0)).stop());
  }

  private Future<NodeServer> start(int port) {
    NodeSettings settings =
        NodeSettings.read(null)
            .at(
                new ListenAddress("127.0.0.1", port),
                directory.resolve("data"),
                directory.resolve("keys"));
    try {
      return NodeServer.start(vertx, settings, null, Clock.systemUTC());
    } catch (UserError e) {
      return Future.failedFuture(e);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
