package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print of a safe in which one folder does not verify. */
class BrokenFolderCommandTest {
  private CommandBed bed;
  private String safe = "";
  private String folder = "";

  private Commands safe(String login, String... arguments) {
    return bed.safe(login, arguments);
  }

  /** Ada's, with a folder that Brian reads; both have seen it. */
  private void start() {
    bed.register("ada", "brian");
    safe = safe("ada", "create", "vault").line();
    safe("ada", "share", "vault", "brian", "--role", "write", "--yes").ok();
    safe("ada", "put", "vault", "top", "--user", "root").ok();
    safe("ada", "folder", "create", "vault", "hr", "--full", "brian").ok();
    safe("ada", "put", "vault", "hr/pay", "--user", "payer").ok();
    assertThat(safe("brian", "list", safe).line().lines()).hasSize(2);
    folder = safe("ada", "folder", "list", "vault").line().split("  ")[1];
  }

  private void rollBack(EvilServer evil) {
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    evil.answers(
        "/v1/rooms/" + folder + "/statements\\?from=.*",
        (asked, request) ->
            new JsonObject()
                .put("statements", new JsonArray())
                .put("length", 1)
                .put("more", false));
  }

  private void named(Commands ran) {
    assertThat(ran.err())
        .contains("!!! folder " + folder + " of " + safe + " does not verify", "DANGER");
  }

  @Test
  void theRestWorksTheFolderIsNamedAndCommandsAboutTheWholeSayThatItIsNot(@TempDir Path place)
      throws Exception {
    try (CommandBed made = new CommandBed(place)) {
      bed = made;
      start();
      try (EvilServer evil = EvilServer.before(bed.server(), place)) {
        rollBack(evil);
        theWhole();
        single();
        Commands audit = safe("ada", "audit", "vault");
        assertThat(audit.code()).isEqualTo(6);
        assertThat(audit.out()).contains("folder-broken  in " + folder);
        group();
        out();
      }
    }
  }

  private void theWhole() throws Exception {
    Commands listed = safe("ada", "list", "vault");
    assertThat(listed.code()).isEqualTo(6);
    assertThat(listed.out().strip()).isEqualTo("top");
    named(listed);
    Commands json = safe("ada", "list", "vault", "--json");
    assertThat(json.code()).isEqualTo(6);
    assertThat(json.out().lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.contains("\"folder-that-does-not-verify\",\"safe\":\"" + safe)
                    && line.contains("\"folder\":\"" + folder));
    Commands found = safe("ada", "find", "root");
    assertThat(found.code()).isEqualTo(6);
    assertThat(found.out().strip()).isEqualTo("vault  top");
    Path file = bed.file("out.json");
    assertThat(safe("ada", "export", "vault", "--bitwarden", file.toString()).code()).isEqualTo(6);
    assertThat(Files.readString(file)).contains("root").doesNotContain("payer");
    Commands folders = safe("ada", "folder", "list", "vault");
    assertThat(folders.code()).isEqualTo(6);
    assertThat(folders.out()).contains("!!! does not verify  " + folder);
    assertThat(safe("ada", "reseal", "vault").code()).isEqualTo(6);
    assertThat(safe("ada", "purge", "vault").code()).isEqualTo(6);
  }

  private void single() {
    Commands value = safe("ada", "get", "vault", "top", "--field", "login").ok();
    assertThat(value.out().strip()).isEqualTo("root");
    named(value);
    safe("ada", "put", "vault", "another", "--user", "root").ok();
    // What may be in there is not said to be nowhere, and nothing comes around it.
    assertThat(safe("ada", "get", "vault", "hr/pay").code()).isEqualTo(6);
    Commands around = safe("ada", "put", "vault", "hr/more", "--user", "payer");
    assertThat(around.code()).isEqualTo(6);
    assertThat(around.err()).contains("that path is a folder which you could open before");
    assertThat(safe("ada", "folder", "rights", "vault", folder).code()).isEqualTo(6);
  }

  /** What somebody could open by a group is not told as if it were the whole. */
  private void group() {
    bed.group("ada", "create", "ops").ok();
    safe("ada", "share", "vault", "--group", "ops", "--role", "read").ok();
    Commands left = bed.group("ada", "add", "ops", "brian", "--yes").ok();
    assertThat(left.out()).contains("brian");
    Commands removed = bed.group("ada", "remove", "ops", "brian");
    assertThat(removed.code()).isEqualTo(1);
    assertThat(removed.out())
        .contains("vault  top", "!!! folder " + folder + " of safe " + safe + " could not be");
    safe("ada", "revoke", "vault", "--group", "ops");
  }

  private void out() {
    Commands left = safe("brian", "leave", safe);
    assertThat(left.code()).isEqualTo(6);
    assertThat(left.out())
        .contains("top", "!!! perhaps you are still in folder " + folder + ": DANGER");
    assertThat(safe("brian", "list").line()).isEmpty();
    Commands revoked = safe("ada", "revoke", "vault", "brian");
    assertThat(revoked.code()).isEqualTo(1);
    assertThat(revoked.out()).contains("!!! perhaps still in folder " + folder + ": DANGER");
  }
}
