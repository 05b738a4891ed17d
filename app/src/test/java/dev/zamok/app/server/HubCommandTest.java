package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HubCommandTest {
  @TempDir Path directory;

  /** Nobody would store anything, and nothing would ever be acknowledged. */
  @Test
  void aHubWithoutAnAuthorityIsNotToWaitForTheStore() throws Exception {
    Path config = directory.resolve("zamok.yaml");
    Files.writeString(
        config,
        """
        log:
          kind: redis
          redis:
            ack: stored
            shards: [ { name: zamok, primary: "127.0.0.1:1" } ]
        """);
    HubCommand hub = new HubCommand();
    new CommandLine(hub)
        .parseArgs("--config", config.toString(), "--ticket-keys", directory + "/keys.jwks");
    assertThatThrownBy(hub::call)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("log.redis.ack: stored wants an authority");
  }
}
