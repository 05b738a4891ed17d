package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.safe.SafeCommands;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about safes, as a script uses them, against a real server. */
class SafeCommandTest {
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

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }

  @Test
  void tagsAndUrlsAreAddedWhereOthersAreRemovedAndReplaceAllElse() throws Exception {
    safe("tara", "", "--register", "create", "own").ok();
    safe("tara", "", "put", "own", "shop", "--tag", "a", "--tag", "b", "--url", "https://a.example")
        .ok();
    safe("tara", "", "edit", "own", "shop", "--remove-tag", "a", "--tag", "c", "--tag", "b").ok();
    String url = "https://b.example";
    safe("tara", "", "edit", "own", "shop", "--remove-url", "https://a.example", "--url", url).ok();
    JsonNode both = json(safe("tara", "", "get", "own", "shop", "--json").line());
    assertThat(both.path("tags").toString()).isEqualTo("[\"b\",\"c\"]");
    assertThat(both.path("urls").toString()).isEqualTo("[\"https://b.example\"]");
    safe("tara", "", "edit", "own", "shop", "--tag", "d").ok();
    JsonNode replaced = json(safe("tara", "", "get", "own", "shop", "--json").line());
    assertThat(replaced.path("tags").toString()).isEqualTo("[\"d\"]");
  }

  @Test
  void aReportOverSeveralSafesTellsWhatIsReusedFromOneToTheOther() throws Exception {
    safe("rita", "", "--register", "create", "one").ok();
    String two = safe("rita", "", "create", "two").line();
    String same = "v9$Kq2!mZr7#Xw4&tLp8\n";
    safe("rita", same, "put", "one", "shop", "--password-file", "-").ok();
    safe("rita", same, "put", "two", "bank", "--password-file", "-").ok();
    assertThat(safe("rita", "", "report", "one").line()).isEmpty();
    for (String[] which : new String[][] {{"report"}, {"report", "one", "two", two}}) {
      assertThat(safe("rita", "", which).line().lines())
          .containsExactlyInAnyOrder("reused 1  one  shop", "reused 1  two  bank");
    }
    assertThat(safe("rita", "", "report", "--json").line().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("\"safe\":\"" + two));
    assertThat(safe("rita", "", "report", "one", "three").code()).isEqualTo(3);
  }

  @Test
  void aScriptKeepsSharesAndTakesBackASecret() throws Exception {
    bed.register("ada");
    bed.register("brian");
    String id = safe("ada", "", "create", "servers").line();
    safe(
            "ada",
            "correct horse\n",
            "put",
            "servers",
            "db/prod",
            "--user",
            "root",
            "--password-file",
            "-",
            "--url",
            "https://db.example",
            "--set",
            "port=5432")
        .ok();
    assertThat(safe("ada", "", "list", "servers").line()).isEqualTo("db/prod");
    assertThat(safe("ada", "", "get", "servers", "prod").ok().out())
        .contains("login: root", "port: 5432")
        .doesNotContain("correct horse");

    assertThat(safe("ada", "", "share", "servers", "brian", "--role", "read", "--yes").line())
        .contains("brian", "reader");
    assertThat(safe("brian", "", "get", id, "prod", "--field", "password").line())
        .isEqualTo("correct horse");
    Commands reader = safe("brian", "", "edit", id, "prod", "--user", "brian");
    assertThat(reader.code()).isEqualTo(5);

    safe("ada", "battery staple\n", "edit", "servers", "prod", "--password-file", "-").ok();
    JsonNode whole = json(safe("brian", "", "get", id, "prod", "--json").line());
    assertThat(whole.path("password").asText()).isEqualTo("battery staple");
    assertThat(whole.path("login").asText()).isEqualTo("root");
    assertThat(whole.path("version").asInt()).isEqualTo(2);
    assertThat(safe("ada", "", "log", "servers", "prod").ok().out().lines()).hasSize(2);
    assertThat(
            safe("brian", "", "get", id, "prod", "--version-number", "1", "--field", "password")
                .line())
        .isEqualTo("correct horse");
    assertThat(safe("brian", "", "get", id, "prod", "--version-number", "3").code()).isEqualTo(3);
    assertThat(safe("ada", "", "edit", id, "prod", "--if-version", "1", "--user", "x").code())
        .isEqualTo(4);
    safe("ada", "", "restore", "servers", "prod", "--version-number", "1").ok();
    assertThat(safe("ada", "", "get", id, "prod", "--field", "password").line())
        .isEqualTo("correct horse");

    assertThat(safe("ada", "", "revoke", "servers", "brian").line()).isEqualTo("db/prod");
    assertThat(safe("brian", "", "get", id, "prod").code()).isEqualTo(3);
    assertThat(safe("ada", "", "reseal", "servers").line()).contains("1 secrets");
    safe("ada", "", "trash", "servers", "prod").ok();
    assertThat(safe("ada", "", "list", "servers").line()).isEmpty();
    assertThat(safe("ada", "", "list", "servers", "--trash").line()).contains("db/prod");
    safe("ada", "", "purge", "servers", "prod").ok();
    assertThat(safe("ada", "", "get", "servers", "prod").code()).isEqualTo(3);
  }

  @Test
  void secretsComeFromAFileGoToAFileAndIntoTheEnvironmentOfAChild() throws Exception {
    bed.register("erin");
    Path csv = bed.file("chrome.csv");
    Files.writeString(
        csv,
        "name,url,username,password,note\n"
            + "shop,https://shop.example,erin,first secret,\n"
            + "bank,https://bank.example,erin,second secret,\n");
    safe("erin", "", "create", "own").ok();
    assertThat(safe("erin", "", "import", "own", csv.toString()).line()).contains("taken: 2");
    assertThat(safe("erin", "", "find", "shop.example").line()).contains("shop");
    Path json = bed.file("bitwarden.json");
    safe("erin", "", "export", "own", "--bitwarden", json.toString()).ok();
    safe("erin", "", "create", "again").ok();
    assertThat(safe("erin", "", "import", "again", json.toString(), "--json").line())
        .contains("\"taken\":2");
    assertThat(safe("erin", "", "get", "again", "bank", "--field", "password").line())
        .isEqualTo("second secret");

    Path out = bed.file("child");
    Commands run =
        bed.run(
            SafeCommands.run(Person.password("erin"), Person.master("erin")),
            "erin",
            "--env",
            "SECRET=own/shop#password",
            "--",
            "/bin/sh",
            "-c",
            "printf %s \"$SECRET\" > '" + out + "'; exit 7");
    assertThat(run.code()).isEqualTo(7);
    assertThat(out).hasContent("first secret");
  }

  @Test
  void anImportThatFailsTellsHowMuchOfItIsInTheSafe() throws Exception {
    bed.register("gerd");
    Path csv = bed.file("gerd.csv");
    Files.writeString(csv, "name,url,username,password,note\nshop,,gerd,first,\nbank,,gerd,x,\n");
    safe("gerd", "", "create", "own").ok();
    try (EvilServer evil = EvilServer.before(bed.server(), place)) {
      bed.at(evil.way(Person.Way.to(bed.server())).server());
      evil.refuses(HttpMethod.POST, "/v1/rooms/[^/]+/items");
      Commands failed = safe("gerd", "", "import", "own", csv.toString());
      assertThat(failed.code()).isNotZero();
      assertThat(failed.err())
          .contains("None of the 2 secrets was written")
          .doesNotContain("move them to the trash");
    } finally {
      bed.at(bed.server().uri());
    }
    assertThat(safe("gerd", "", "import", "own", csv.toString(), "--json").line())
        .isEqualTo("{\"type\":\"imported\",\"taken\":2,\"omitted\":0}");
    try (EvilServer evil = EvilServer.before(bed.server(), place)) {
      bed.at(evil.way(Person.Way.to(bed.server())).server());
      evil.loses("/v1/rooms/[^/]+/items", Integer.MAX_VALUE);
      Commands unsure = safe("gerd", "", "import", "own", csv.toString());
      assertThat(unsure.code()).isNotZero();
      assertThat(unsure.err()).contains("Look whether any of the 2 secrets is in the safe");
    } finally {
      bed.at(bed.server().uri());
    }
    assertThat(safe("gerd", "", "list", "own").line().lines()).hasSize(4);
  }

  @Test
  void aPasswordIsMadeASeedIsTakenBareAndPartsAreRemoved() throws Exception {
    bed.register("dina");
    safe("dina", "", "create", "own").ok();
    Path seed = bed.file("seed");
    Files.writeString(seed, "jbsw y3dp ehpk 3pxp\n");
    Commands put =
        safe(
            "dina",
            "",
            "put",
            "own",
            "shop",
            "--generate",
            "--totp-file",
            seed.toString(),
            "--tag",
            "a",
            "--tag",
            "b",
            "--url",
            "https://shop.example",
            "--set",
            "pin=1",
            "--set",
            "door=2");
    JsonNode made = json(safe("dina", "", "get", "own", "shop", "--json").line());
    assertThat(made.path("password").asText()).hasSize(21);
    assertThat(put.ok().out() + put.err()).doesNotContain(made.path("password").asText());
    assertThat(made.path("totp").asText()).isEqualTo("otpauth://totp/?secret=JBSWY3DPEHPK3PXP");
    assertThat(safe("dina", "", "get", "own", "shop", "--field", "totp").line())
        .matches("[0-9]{6}");

    safe("dina", "", "edit", "own", "shop", "--generate-words", "--remove-field", "pin").ok();
    safe("dina", "", "edit", "own", "shop", "--remove-tag", "a", "--remove-totp").ok();
    safe("dina", "", "edit", "own", "shop", "--remove-url", "https://shop.example").ok();
    JsonNode edited = json(safe("dina", "", "get", "own", "shop", "--json").line());
    assertThat(edited.path("password").asText().split("-", -1)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(edited.path("totp").asText()).isEmpty();
    assertThat(edited.path("tags").toString()).isEqualTo("[\"b\"]");
    assertThat(edited.path("urls")).isEmpty();
    assertThat(edited.path("fields").toString()).contains("door").doesNotContain("pin");
    assertThat(safe("dina", "", "edit", "own", "shop", "--remove-field", "pin").code())
        .isEqualTo(3);
    assertThat(safe("dina", "", "edit", "own", "shop", "--generate", "--ask").code()).isEqualTo(2);
    Files.writeString(seed, "not base32 !\n");
    assertThat(safe("dina", "", "edit", "own", "shop", "--totp-file", seed.toString()).code())
        .isEqualTo(2);
  }

  @Test
  void whatGoesWrongHasItsOwnExitCodeAndNoSecretInIt() throws Exception {
    bed.register("carol");
    assertThat(safe("carol", "", "list", "nowhere").code()).isEqualTo(3);
    assertThat(safe("carol", "", "nonsense").code()).isEqualTo(2);
    assertThat(safe("carol", "").code()).isEqualTo(2);
    safe("carol", "", "create", "own").ok();
    Commands unreadable =
        safe("carol", "", "put", "own", "name", "--password-file", "/nowhere/at all");
    assertThat(unreadable.code()).isEqualTo(2);
    Path latin = bed.file("latin-1");
    Files.write(latin, new byte[] {'p', (byte) 0xe4, 's', 's'});
    Commands altered = safe("carol", "", "put", "own", "name", "--password-file", latin.toString());
    assertThat(altered.code()).isEqualTo(2);
    assertThat(altered.err()).contains("not UTF-8");
    Commands nobody = safe("carol", "", "share", "own", "nobody-of-that-name", "--role", "read");
    assertThat(nobody.code()).isEqualTo(3);
    for (Commands ran : List.of(unreadable, nobody)) {
      assertThat(ran.err() + ran.out())
          .doesNotContain(Person.password("carol"), Person.master("carol"), "\tat ");
    }
  }
}
