package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.login.Asker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyringCommandTest {
  @TempDir Path directory;
  private Path config;
  private String printed = "";

  @BeforeEach
  void aStoreWithItsKeyring() throws Exception {
    config = directory.resolve("zamok.yaml");
    Files.writeString(
        config,
        "data: " + directory.resolve("data") + "\nkeys: " + directory.resolve("keys") + "\n");
    NodeSettings settings = NodeSettings.read(config);
    Foreground.once(
        vertx ->
            Stores.openStoreAlone(vertx, settings.places(), Clock.systemUTC())
                .compose(
                    stores ->
                        stores.keyring(new SecureRandom()).compose(keyring -> stores.close())),
        60);
  }

  private void run(String command, String... more) throws Exception {
    StringWriter out = new StringWriter();
    Exception[] failed = new Exception[1];
    CommandLine line =
        new CommandLine(new KeyringCommand(Asker.nobody()))
            .setOut(new PrintWriter(out))
            .setExecutionExceptionHandler(
                (failure, at, parsed) -> {
                  failed[0] = failure;
                  return 1;
                });
    String[] all = new String[more.length + 3];
    all[0] = command;
    all[1] = "--config";
    all[2] = config.toString();
    System.arraycopy(more, 0, all, 3, more.length);
    int code = line.execute(all);
    printed = out.toString();
    if (failed[0] != null) {
      throw failed[0];
    }
    assertThat(code).isZero();
  }

  @Test
  void aKeyIsAddedActivatedAfterAYesAndTakesOver() throws Exception {
    run("add");
    assertThat(printed).contains("added key 2", "restart each");
    run("add");
    assertThat(printed).contains("not active already: 2");
    run("show");
    assertThat(printed).contains("keys 2, 1, active 1, not active yet 2", "sealed under 1");
    assertThatThrownBy(() -> run("rewrap"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("key 2 is not active");
    assertThatThrownBy(() -> run("activate"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--yes");
    run("show");
    assertThat(printed).contains("active 1,");
    run("activate", "--yes");
    assertThat(printed).contains("key 2 is active");
    run("activate");
    assertThat(printed).contains("is active already");
    run("rewrap");
    run("show");
    assertThat(printed).contains("keys 2, 1, active 2\n", "rows may be sealed under 2\n");
  }

  @Test
  void aServerThatIsStoppedChangesItsKeyInOneStep() throws Exception {
    run("rotate");
    assertThat(printed).contains("sealed under key 2", "back up");
    run("show");
    assertThat(printed).contains("active 2\n");
  }

  @Test
  void aSharedStoreIsNotRotatedInOneStepAndAMissingKeyringIsNotMade() throws Exception {
    Files.writeString(
        config,
        """
        keys: %s
        log: { kind: redis, redis: { shards: [ { name: zamok, primary: "127.0.0.1:1" } ] } }
        store: { kind: cassandra, cassandra: { contactPoints: ["127.0.0.1:1"] } }
        """
            .formatted(directory.resolve("none")));
    assertThatThrownBy(() -> run("rotate"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("add, activate and rewrap");
    assertThatThrownBy(() -> run("show"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no keyring");
    assertThat(directory.resolve("none")).doesNotExist();
  }
}
