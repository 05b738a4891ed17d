package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger puts people into a safe of his own that is called as one of theirs could be. */
class LookalikeSafeAttackTest {
  private static final String VAULT = "vault";

  private static CommandBed bed;
  private static Path place;
  private static int times;

  private String mallory = "";
  private String brian = "";
  private String theirs = "";

  @BeforeAll
  static void serve(@TempDir Path directory) {
    place = directory;
    bed = new CommandBed(place);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  @BeforeEach
  void aStrangerPutsBrianIntoHisVault() {
    times++;
    mallory = "mallory" + times;
    brian = "brian" + times;
    bed.register(mallory, brian);
    theirs = bed.safe(mallory, "create", VAULT).line();
    bed.safe(mallory, "share", VAULT, brian, "--role", "admin", "--yes").ok();
    bed.safe(brian, "create", "own").ok();
    bed.safe(brian, "put", "own", "bank", "--user", "brian").ok();
  }

  private void isRefused(String... arguments) {
    Commands refused = bed.safe(brian, arguments);
    assertThat(refused.code()).as(refused.out() + refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("made by " + mallory, theirs, "name it by its id");
  }

  @Test
  void aSecretIsNotMovedThereByTheName() {
    isRefused("move", "own", "bank", "", "--to", VAULT);
    assertThat(bed.safe(mallory, "list", VAULT).line()).isEmpty();
    assertThat(bed.safe(brian, "list", "own").line()).isEqualTo("bank");
    bed.safe(brian, "move", "own", "bank", "", "--to", theirs).ok();
    assertThat(bed.safe(mallory, "list", VAULT).line()).isEqualTo("bank");
    assertThat(bed.safe(brian, "list", "own").line()).isEmpty();
  }

  @Test
  void aFolderIsNotMovedThereByTheName() {
    bed.safe(brian, "put", "own", "db/prod", "--user", "root").ok();
    bed.safe(brian, "folder", "create", "own", "db").ok();
    isRefused("folder", "move", "own", "db", "db", "--to", VAULT);
    assertThat(bed.safe(mallory, "folder", "list", VAULT).line()).isEmpty();
    assertThat(bed.safe(brian, "folder", "list", "own").line()).startsWith("db  ");
  }

  @Test
  void aFolderIsNotMadeChangedOrRemovedThereByTheName() {
    isRefused("folder", "create", VAULT, "db");
    bed.safe(mallory, "folder", "create", VAULT, "web").ok();
    assertThat(bed.safe(brian, "folder", "list", VAULT).ok().out()).contains("you have none");
    String folder = bed.safe(mallory, "folder", "list", VAULT).line().split("  ")[1];
    isRefused("folder", "rights", VAULT, folder, brian, "full");
    isRefused("folder", "remove", VAULT, folder, "--with-secrets");
    assertThat(bed.safe(brian, "folder", "rights", VAULT, folder).ok().out()).contains(mallory);
  }

  @Test
  void oneThatDoesNotVerifyEndsNoSearchOverTheOthersAndIsLeft() {
    bed.safe(mallory, "put", VAULT, "bank of mallory", "--user", mallory).ok();
    try (EvilServer evil = EvilServer.before(bed.server(), place)) {
      bed.at(evil.way(Person.Way.to(bed.server())).server());
      evil.lies(
          "/v1/rooms/" + theirs + "/items/lookup",
          (asked, truth) -> truth.put("items", new JsonArray()));
      Commands found = bed.safe(brian, "find", "bank");
      assertThat(found.code()).isEqualTo(6);
      assertThat(found.out().strip()).isEqualTo("own  bank");
      assertThat(found.err()).contains("safe " + theirs + " could not be looked into: DANGER");
      Commands json = bed.safe(brian, "find", "bank", "--json");
      assertThat(json.code()).isEqualTo(6);
      assertThat(json.out().lines())
          .hasSize(2)
          .anyMatch(line -> line.contains("\"could-not-be-looked-into\",\"safe\":\"" + theirs));
      Commands left = bed.safe(brian, "leave", theirs);
      assertThat(left.code()).isEqualTo(6);
      assertThat(bed.safe(brian, "find", "bank").line()).isEqualTo("own  bank");
    } finally {
      bed.at(bed.server().uri());
    }
    assertThat(bed.safe(mallory, "members", VAULT).line().lines()).hasSize(1);
  }

  @Test
  void oneWhoseKeyDoesNotOpenIsNamedAndLeftByItsId() {
    bed.safe(mallory, "put", VAULT, "bait", "--user", mallory).ok();
    try (EvilServer evil = EvilServer.before(bed.server(), place)) {
      bed.at(evil.way(Person.Way.to(bed.server())).server());
      evil.lies(
          "/v1/rooms/" + theirs + "/wraps",
          (asked, truth) -> {
            JsonObject first = truth.getJsonArray("wraps").getJsonObject(0);
            String wrap = first.getString("wrap");
            char other = wrap.charAt(60) == 'A' ? 'B' : 'A';
            first.put("wrap", wrap.substring(0, 60) + other + wrap.substring(61));
            return truth;
          });
      assertThat(bed.safe(brian, "list").line()).contains("!!! does not verify  " + theirs);
      assertThat(bed.safe(brian, "find", "bank").code()).isEqualTo(6);
      assertThat(bed.safe(brian, "leave", theirs).code()).isEqualTo(6);
      assertThat(bed.safe(brian, "list").line()).doesNotContain(theirs);
    } finally {
      bed.at(bed.server().uri());
    }
    assertThat(bed.safe(mallory, "members", VAULT).line().lines()).hasSize(1);
  }
}
