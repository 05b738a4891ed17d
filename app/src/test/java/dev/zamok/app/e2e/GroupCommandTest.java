package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about groups, as a script uses them, against a real server. */
class GroupCommandTest {
  private static CommandBed bed;
  private static Path place;

  @BeforeAll
  static void serve(@TempDir Path directory) {
    place = directory;
    bed = new CommandBed(place);
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  private static Commands safe(String login, String input, String... arguments) {
    return bed.safeWith(input, login, arguments);
  }

  private static Commands group(String login, String... arguments) {
    return bed.group(login, arguments);
  }

  @Test
  void aScriptSharesASafeWithAGroupAndTakesItBack() {
    bed.register("ada");
    bed.register("brian");
    String id = group("ada", "create", "ops").line();
    assertThat(group("ada", "add", "ops", "brian", "--yes").line()).contains("brian", "writer");
    assertThat(group("ada", "members", "ops").line()).contains("ada", "owner", "brian");
    assertThat(group("brian", "list").line()).contains("ops", id, "writer");

    String safe = safe("ada", "", "create", "servers").line();
    safe("ada", "correct horse\n", "put", "servers", "db", "--password-file", "-").line();
    assertThat(safe("ada", "", "share", "servers", "--group", "ops", "--role", "read").line())
        .contains("group " + id, "reader");
    assertThat(safe("brian", "", "get", "servers", "db", "--field", "password").line())
        .isEqualTo("correct horse");
    assertThat(safe("ada", "", "members", "servers", "--json").line())
        .contains("\"group\":\"" + id + "\"");

    assertThat(group("ada", "remove", "ops", "brian").line()).isEqualTo("servers  db");
    assertThat(safe("brian", "", "get", safe, "db").code()).isEqualTo(3);
    safe("ada", "staple\n", "edit", "servers", "db", "--password-file", "-").line();
    assertThat(safe("ada", "", "revoke", "servers", "--group", "ops").line()).isEqualTo("db");
    assertThat(safe("ada", "", "members", "servers").line()).doesNotContain("group");
  }

  @Test
  void nobodyIsAddedToAGroupBeforeHisFingerprintIsAgreedTo() throws Exception {
    bed.register("ida", "jules");
    String id =
        new ObjectMapper()
            .readTree(group("ida", "create", "night", "--json").line())
            .path("group")
            .asText();
    assertThat(group("ida", "list").line()).contains("night", id);
    Commands unasked = group("ida", "add", "night", "jules");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("the card of jules has the fingerprint");
    Commands wrong = group("ida", "add", "night", "jules", "--fingerprint", "00".repeat(32));
    assertThat(wrong.code()).isEqualTo(6);
    assertThat(group("ida", "members", "night").line().lines()).hasSize(1);
    String shown =
        unasked.err().replaceAll("(?s).*has the fingerprint ([0-9a-f ]+[0-9a-f]).*", "$1");
    group("ida", "add", "night", "jules", "--fingerprint", shown).ok();
    // Who is to add others is agreed to again; who adds them no more is not.
    Commands raised = group("ida", "add", "night", "jules", "--admin");
    assertThat(raised.code()).isEqualTo(2);
    assertThat(raised.err()).contains("the card of jules has the fingerprint");
    assertThat(group("ida", "members", "night").line()).doesNotContain("admin");
    assertThat(group("ida", "add", "night", "jules", "--admin", "--fingerprint", shown).line())
        .contains("admin");
    assertThat(group("ida", "add", "night", "jules").line()).contains("writer");
  }

  @Test
  void whoLeavesAGroupAndWhoSettlesItLearnWhatCouldBeOpened() {
    bed.register("kit", "lou");
    String id = group("kit", "create", "porters").line();
    group("kit", "add", "porters", "lou", "--yes").ok();
    safe("kit", "", "create", "gates").ok();
    safe("kit", "x\n", "put", "gates", "main", "--password-file", "-").ok();
    safe("kit", "", "share", "gates", "--group", "porters", "--role", "read").ok();
    // Nobody has left: there is nothing to change.
    Commands early = group("kit", "settle", "porters").ok();
    assertThat(early.out()).isEmpty();
    assertThat(early.err()).contains("nobody has left");
    assertThat(group("lou", "leave", id).line()).isEqualTo("gates  main");
    // Any command about the group makes what it owes, and tells nothing of it.
    group("kit", "members", "porters").ok();
    assertThat(group("lou", "list").line()).isEmpty();
    assertThat(group("kit", "settle", "porters").line()).isEqualTo("gates  main");
  }

  @Test
  void aSafeThatCannotBeLookedIntoMakesTheListOfWhatCouldBeOpenedNotTheWhole() {
    bed.register("greta", "henry");
    group("greta", "create", "crew").line();
    group("greta", "add", "crew", "henry", "--yes").line();
    for (String name : List.of("one", "two")) {
      safe("greta", "", "create", name).line();
      safe("greta", "x\n", "put", name, "in " + name, "--password-file", "-").line();
      safe("greta", "", "share", name, "--group", "crew", "--role", "read").line();
    }
    String hidden =
        safe("greta", "", "list")
            .line()
            .lines()
            .filter(line -> line.startsWith("two"))
            .map(line -> line.split("  ")[1])
            .findFirst()
            .orElseThrow();
    try (EvilServer evil = EvilServer.before(bed.server(), place)) {
      bed.at(evil.way(Person.Way.to(bed.server())).server());
      evil.refuses(HttpMethod.GET, "/v1/rooms/" + hidden + "/statements.*");
      Commands removed = group("greta", "remove", "crew", "henry");
      assertThat(removed.out())
          .contains("one  in one", "safe " + hidden + " could not be looked into")
          .doesNotContain("in two");
      assertThat(removed.code()).isEqualTo(1);
    } finally {
      bed.at(bed.server().uri());
    }
  }

  @Test
  void groupIsChosenByNameByItsAdminsAloneAndIsNoAdminItself() {
    bed.register("carol");
    bed.register("mallory");
    group("mallory", "create", "friends").line();
    group("mallory", "add", "friends", "carol", "--yes").line();
    safe("carol", "", "create", "mine").line();
    Commands fooled = safe("carol", "", "share", "mine", "--group", "friends", "--role", "read");
    assertThat(fooled.code()).isEqualTo(3);
    assertThat(fooled.err()).contains("use its id");
    group("carol", "create", "own").line();
    assertThat(safe("carol", "", "share", "mine", "--group", "own", "--role", "admin").code())
        .isEqualTo(2);
    assertThat(safe("carol", "", "share", "mine", "--role", "read").code()).isEqualTo(2);
    assertThat(
            safe("carol", "", "share", "mine", "mallory", "--group", "own", "--role", "read")
                .code())
        .isEqualTo(2);
    assertThat(safe("carol", "", "members", "mine").line().lines()).hasSize(1);
  }

  @Test
  void whoIsRemovedFromAGroupCouldOpenWhatIsPrinted() throws Exception {
    bed.register("erin", "frank");
    group("erin", "create", "night shift").line();
    group("erin", "add", "night shift", "frank", "--yes").line();
    String safe = safe("erin", "", "create", "pagers").line();
    safe("erin", "number\n", "put", "pagers", "phones/desk", "--password-file", "-").line();
    safe("erin", "door\n", "put", "pagers", "doors/back", "--password-file", "-").line();
    safe("erin", "", "create", "of her own").line();
    safe("erin", "private\n", "put", "of her own", "diary", "--password-file", "-").line();
    safe("erin", "", "share", "pagers", "--group", "night shift", "--role", "read").line();
    // What nobody of the group can open is not in the list.
    safe("erin", "", "folder", "create", "pagers", "doors").line();

    Commands removed = group("erin", "remove", "night shift", "frank", "--json");

    JsonNode could = new ObjectMapper().readTree(removed.line());
    assertThat(could.path("type").asText()).isEqualTo("could-be-opened");
    assertThat(could.path("safe").asText()).isEqualTo(safe);
    assertThat(could.path("name").asText()).isEqualTo("phones/desk");
    assertThat(removed.out()).doesNotContain("number", "door", "diary");
  }
}
