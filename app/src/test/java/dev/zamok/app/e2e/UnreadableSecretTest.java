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
      Commands listed = ada(server, directory, "list", "servers");
      assertThat(listed.code()).isEqualTo(7);
      assertThat(listed.out()).isEmpty();
      assertThat(listed.err()).contains(id, "cannot be read");
      Commands json = ada(server, directory, "list", "servers", "--json");
      assertThat(json.code()).isEqualTo(7);
      assertThat(json.out().lines()).hasSize(2).allMatch(line -> line.contains("\"unreadable\""));
      assertThat(ada(server, directory, "restore", "servers", id).code()).isEqualTo(3);
      assertThat(ada(server, directory, "get", "servers", id, "--version-number", "1").line())
          .startsWith("prod");
      assertThat(ada(server, directory, "get", "servers", id, "--version-number", "2").code())
          .isEqualTo(7);
      assertThat(ada(server, directory, "log", "servers", id).code()).isEqualTo(7);
      ada(server, directory, "restore", "servers", id, "--version-number", "1").ok();
      ada(server, directory, "purge", "servers", other.id().toString()).ok();
      assertThat(ada(server, directory, "list", "servers").out().strip()).isEqualTo("prod");
    }
  }

  @Test
  void aWriterPutsNothingBeforeAValueThatAScriptReads(@TempDir Path directory) {
    try (TestServer server = TestServer.start(directory)) {
      try (Person ada = Person.register(Person.Way.to(server), "ada")) {
        Safe safe = Person.get(ada.session().safes().create("servers"));
        Person.get(safe.items().add("", Bytes.fromHex("00")));
        Bytes good = Bytes.wrap(SecretCodec.encode(Secret.named("prod").login("root").done()));
        Person.get(safe.items().add("", good));
      }
      Commands value = ada(server, directory, "get", "servers", "prod", "--field", "login").ok();
      assertThat(value.out()).isEqualTo("root" + System.lineSeparator());
      assertThat(value.err()).contains("1 secrets of", "cannot be read");
      Path file = directory.resolve("out.json");
      Commands exported =
          ada(server, directory, "export", "servers", "--bitwarden", file.toString(), "--json");
      assertThat(exported.code()).isEqualTo(7);
      assertThat(exported.out().lines())
          .hasSize(2)
          .anyMatch(line -> line.contains("\"type\":\"unreadable\""))
          .anyMatch(line -> line.contains("\"type\":\"exported\",\"secrets\":1"));
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
