package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.protocol.Bytes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that its author did not write as a secret. */
class UnreadableSecretTest {
  @Test
  void itIsRestoredToAnEarlierVersionOrPurgedByItsId(@TempDir Path directory) {
    try (TestServer server = TestServer.start(directory)) {
      SafeItem garbled;
      SafeItem other;
      try (Person ada = Person.register(Person.Way.to(server), "ada")) {
        Safe safe = Person.get(ada.session().safes().create("servers"));
        Bytes good = Bytes.wrap(SecretCodec.encode(Secret.named("prod").done()));
        SafeItem first = Person.get(safe.items().add("", good));
        garbled = Person.get(safe.items().edit(first, "", Bytes.fromHex("00")));
        other = Person.get(safe.items().add("", Bytes.fromHex("01")));
      }
      String id = garbled.id().toString();
      assertThat(ada(server, directory, "list", "servers").out()).contains(id, "cannot be read");
      assertThat(ada(server, directory, "restore", "servers", id).code()).isEqualTo(3);
      ada(server, directory, "restore", "servers", id, "--version-number", "1").ok();
      ada(server, directory, "purge", "servers", other.id().toString()).ok();
      assertThat(ada(server, directory, "list", "servers").out().strip()).isEqualTo("prod");
    }
  }

  private static Commands ada(TestServer server, Path directory, String... arguments) {
    return Commands.run(
        SafeCommands.commandLine(Commands.passwords("ada"), Asker.nobody()),
        server,
        "ada",
        directory.resolve("ada"),
        arguments);
  }
}
