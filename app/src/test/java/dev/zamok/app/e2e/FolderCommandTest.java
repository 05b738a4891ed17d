package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void aGroupOfTheSafeIsGivenAFolderAndLosesItAgain() {
    bed.register("gwen", "hugo");
    String group = bed.group("gwen", "create", "ops").line();
    bed.group("gwen", "add", "ops", "hugo", "--yes").ok();
    String id = safe("gwen", "create", "racks").line();
    safe("gwen", "put", "racks", "db/prod", "--password-file", "-").ok();
    safe("gwen", "share", "racks", "--group", "ops", "--role", "read").ok();
    safe("gwen", "folder", "create", "racks", "db").ok();
    assertThat(safe("gwen", "folder", "rights", "racks", "db").line())
        .contains("group " + group + "  none");
    assertThat(safe("hugo", "get", id, "db/prod").code()).isEqualTo(3);

    assertThat(safe("gwen", "folder", "rights", "racks", "db", "--group", "ops", "read").line())
        .isEmpty();
    assertThat(safe("hugo", "get", id, "db/prod", "--field", "password").line())
        .isEqualTo("a password");
    assertThat(safe("hugo", "folder", "rights", id, "db", "--json").line())
        .contains("\"right\":\"read\"", "\"group\":\"" + group + "\"");
    for (String[] wrong :
        new String[][] {
          {"--group", "ops"},
          {"--group", "ops", "some"},
          {"hugo", "read", "--group", "ops"},
          {"read"}
        }) {
      List<String> words = new ArrayList<>(List.of("folder", "rights", "racks", "db"));
      words.addAll(List.of(wrong));
      assertThat(safe("gwen", words.toArray(String[]::new)).code()).isEqualTo(2);
    }
    assertThat(safe("gwen", "folder", "rights", "racks", "db", "--group", id, "none").code())
        .isEqualTo(3);

    safe("gwen", "share", "racks", "hugo", "--role", "read", "--yes").ok();
    safe("gwen", "folder", "rights", "racks", "db", "hugo", "full").ok();
    Commands own = safe("gwen", "folder", "rights", "racks", "db", "hugo", "none");
    assertThat(own.code()).isEqualTo(1);
    assertThat(own.out().lines())
        .containsExactly("db/prod", "!!! still reads through group " + group);

    assertThat(bed.group("gwen", "remove", "ops", "hugo").line()).isEqualTo("racks  db/prod");
    assertThat(safe("hugo", "list", id).line()).isEmpty();
    assertThat(safe("gwen", "folder", "rights", "racks", "db", "--group", group, "none").line())
        .isEqualTo("db/prod");
  }

  @Test
  void whoeverRemovesSomebodyFromAGroupIsToldOfFoldersThatWaitForTheirAdmins() {
    bed.register("kim", "lee", "mo");
    String group = bed.group("lee", "create", "crew").line();
    bed.group("lee", "add", "crew", "kim", "--yes").ok();
    bed.group("lee", "add", "crew", "mo", "--yes").ok();
    String id = safe("kim", "create", "boats").line();
    safe("kim", "share", "boats", "--group", group, "--role", "read").ok();
    String folder =
        safe("kim", "folder", "create", "boats", "keys", "--group", group + "=read").line();
    safe("kim", "put", "boats", "keys/cabin", "--password-file", "-").ok();

    assertThat(bed.group("lee", "remove", "crew", "mo").line().lines())
        .containsExactlyInAnyOrder(
            "takes no new secrets until an admin of it comes: " + id,
            "takes no new secrets until an admin of it comes: folder " + folder,
            "boats  keys/cabin");
    safe("kim", "put", "boats", "keys/engine", "--password-file", "-").ok();
    assertThat(safe("lee", "get", id, "keys/engine", "--field", "password").line())
        .isEqualTo("a password");
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
            "!!! perhaps still in what you neither read nor administer, for somebody who does to"
                + " look: "
                + inner);
    assertThat(safe("fay", "list", id).code()).isEqualTo(3);
  }
}
