package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trash of a safe is emptied by its admins' options, when they open it. */
class RetentionTest {
  @Test
  void anAdminWhoOpensASafePurgesWhatLayInItsTrashLongEnoughAndAWriterDoesNot(
      @TempDir Path directory) {
    try (TestServer server = TestServer.start(directory)) {
      Person.register(Person.Way.to(server), "brian").close();
      try (Person ada = Person.register(Person.Way.to(server), "ada")) {
        Safe safe = Person.get(ada.session().safes().create("servers"));
        Bytes secret = Bytes.wrap(SecretCodec.encode(Secret.named("old").done()));
        SafeItem item = Person.get(safe.items().add("", secret));
        Person.get(safe.items().trash(item));
        Person.get(safe.sharing().share("brian", Role.WRITER));
      }
      assertThat(trash(server, directory, "ada", "1")).contains("old");
      // His option is about what is his: the safe is not.
      assertThat(trash(server, directory, "brian", "0")).contains("old");
      assertThat(trash(server, directory, "ada", "1")).contains("old");
      assertThat(trash(server, directory, "ada", "0")).isEmpty();
      assertThat(trash(server, directory, "brian", "0")).isEmpty();
    }
  }

  private static String trash(TestServer server, Path directory, String login, String days) {
    return Commands.run(
            SafeCommands.commandLine(Commands.passwords(login), Asker.nobody()),
            server,
            login,
            directory.resolve(login),
            "--purge-after",
            days,
            "list",
            "--trash",
            "servers")
        .ok()
        .out();
  }
}
