package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about folders with rights of their own, against a real server. */
class FolderCommandTest {
  private static CommandBed bed;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  private static Commands safe(String login, String... arguments) {
    return bed.safeWith("a password\n", login, arguments);
  }

  @Test
  void aFolderIsMadeListedOpenedToSomebodyMovedAndRemoved() {
    bed.register("ada", "brian");
    String id = safe("ada", "create", "servers").line();
    safe("ada", "put", "servers", "db/prod", "--password-file", "-").line();
    safe("ada", "put", "servers", "web", "--password-file", "-").line();
    safe("ada", "share", "servers", "brian", "--role", "write", "--yes").line();
    assertThat(safe("brian", "list", id).line()).contains("db/prod", "web");

    String folder = safe("ada", "folder", "create", "servers", "db").line();
    assertThat(safe("brian", "list", id).line()).isEqualTo("web");
    assertThat(safe("brian", "get", id, "db/prod").code()).isEqualTo(3);
    assertThat(safe("brian", "folder", "list", id).line()).contains(folder, "you have none");
    assertThat(safe("ada", "folder", "list", "servers").line())
        .startsWith("db  ")
        .endsWith("you have full and administer it");

    assertThat(safe("ada", "folder", "rights", "servers", "db", "brian", "read").line()).isEmpty();
    assertThat(safe("brian", "get", id, "db/prod", "--field", "password").line())
        .isEqualTo("a password");
    assertThat(safe("brian", "edit", id, "db/prod", "--user", "b").code()).isEqualTo(5);
    assertThat(safe("ada", "folder", "rights", "servers", "db").line()).contains("brian  read  ");
    assertThat(safe("ada", "folder", "rights", "servers", folder, "brian", "none").line())
        .isEqualTo("db/prod");
    assertThat(safe("ada", "folder", "rights", "servers", "db", "brian", "some").code())
        .isEqualTo(2);

    safe("ada", "move", "servers", "web", "db/front").line();
    assertThat(safe("brian", "list", id).line()).isEmpty();
    safe("ada", "folder", "move", "servers", "db", "back/db").line();
    assertThat(safe("ada", "list", "servers").line()).contains("back/db/prod", "back/db/front/web");
    assertThat(safe("ada", "folder", "remove", "servers", "back/db").code()).isEqualTo(1);
    assertThat(safe("ada", "folder", "remove", "servers", "db").code()).isEqualTo(3);
    safe("ada", "create", "vault").line();
    safe("ada", "move", "servers", "web", "kept", "--to", "vault").line();
    assertThat(safe("ada", "list", "vault").line()).isEqualTo("kept/web");
    safe("ada", "folder", "remove", "servers", "back/db", "--with-secrets").line();
    assertThat(safe("ada", "list", "servers").line()).isEmpty();
    assertThat(safe("ada", "folder", "list", "servers").line()).isEmpty();
  }

  @Test
  void whoeverShutsSomebodyOutIsToldOfFoldersThatHeDoesNotAdminister() {
    bed.register("dora", "evan", "fay");
    String id = safe("dora", "create", "vault").line();
    safe("dora", "put", "vault", "web", "--password-file", "-").line();
    safe("dora", "share", "vault", "evan", "--role", "admin", "--yes").line();
    safe("dora", "share", "vault", "fay", "--role", "read", "--yes").line();
    safe("dora", "folder", "create", "vault", "outer").line();
    String inner = safe("dora", "folder", "create", "vault", "outer/in").line();
    safe("dora", "folder", "rights", "vault", inner, "fay", "read").line();

    Commands revoked = safe("evan", "revoke", id, "fay");

    assertThat(revoked.code()).isEqualTo(1);
    assertThat(revoked.out().lines())
        .containsExactly(
            "web",
            "!!! perhaps still in folder "
                + inner
                + ": you do not administer it: somebody who does is to look into it");
    assertThat(safe("fay", "list", id).code()).isEqualTo(3);
  }
}
