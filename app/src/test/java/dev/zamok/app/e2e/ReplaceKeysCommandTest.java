package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person replaces his keys, at a real server and through one that refuses in the middle. */
class ReplaceKeysCommandTest {
  private static CommandBed bed;
  private static EvilServer evil;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    evil = EvilServer.before(bed.server(), place);
  }

  @AfterAll
  static void stop() {
    evil.close();
    bed.close();
  }

  @AfterEach
  void honest() {
    evil.lieNoMore();
    bed.at(bed.server().uri());
  }

  private static Commands replace(String login, String... more) {
    return bed.account(
        "profile of " + login,
        AccountCommands.commandLine(Commands.passwords(login), Asker.nobody()),
        login,
        "replace-keys",
        more);
  }

  private static void put(String login, String safe, String name, String value) {
    bed.safeWith(value + "\n", login, "put", safe, name, "--password-file", "-").ok();
  }

  private static String get(String login, String safe, String name) {
    return bed.safe(login, "get", safe, name, "--field", "password").line();
  }

  @Test
  void whoAdministersReadsOnAndAnotherMemberTakesTheNewCardWithoutAnAlarm() {
    bed.register("ada", "brian");
    bed.safe("ada", "create", "servers").ok();
    put("ada", "servers", "db", "before");
    bed.safe("ada", "share", "servers", "brian", "--role", "write", "--yes").ok();
    assertThat(get("brian", "servers", "db")).isEqualTo("before");
    String before = bed.safe("brian", "members", "servers").line();
    bed.runIn(
            "kept",
            SafeCommands.commandLine(Commands.passwords("ada"), Asker.nobody()),
            "ada",
            "--remember-device",
            "list")
        .ok();

    Commands replaced = replace("ada");

    assertThat(replaced.line()).isEqualTo("admitted anew  safe servers");
    assertThat(replaced.err()).contains("the keys are replaced", "recovery-sheet");
    put("brian", "servers", "web", "after");
    assertThat(get("ada", "servers", "db")).isEqualTo("before");
    assertThat(get("ada", "servers", "web")).isEqualTo("after");
    put("ada", "servers", "mail", "by new keys");
    assertThat(get("brian", "servers", "mail")).isEqualTo("by new keys");
    String after = bed.safe("brian", "members", "servers").line();
    assertThat(after.lines()).hasSize(2);
    assertThat(after).doesNotContain("replaced").isNotEqualTo(before);
    assertThat(bed.safe("ada", "audit", "servers").ok().out()).isNotEmpty();
    assertThat(replace("ada", "--rest").line()).isEmpty();
    // Another device that was kept needs the passwords, and opens the same then.
    Commands kept =
        bed.runIn("kept", SafeCommands.commandLine(Map.of(), Asker.nobody()), "ada", "list");
    assertThat(kept.code()).isEqualTo(1);
    assertThat(kept.err()).contains("no longer kept");
  }

  @Test
  void whereAnotherAdministersHeIsNamedAndToldAndAdmitsAnew() {
    bed.register("carol", "dora");
    bed.safe("carol", "create", "papers").ok();
    put("carol", "papers", "deed", "one");
    bed.safe("carol", "share", "papers", "dora", "--role", "write", "--yes").ok();
    bed.group("carol", "create", "ops").ok();
    bed.group("carol", "add", "ops", "dora", "--yes").ok();
    bed.safe("carol", "create", "grouped").ok();
    put("carol", "grouped", "key", "two");
    bed.safe("carol", "share", "grouped", "--group", "ops", "--role", "write").ok();
    assertThat(get("dora", "grouped", "key")).isEqualTo("two");

    Commands replaced = replace("dora");

    assertThat(replaced.code()).isEqualTo(1);
    assertThat(replaced.out())
        .contains("safe papers: carol must run zamok safe share papers dora --role write")
        .contains("group ops: carol must run zamok group add ops dora");
    // By the former keys, until then.
    assertThat(get("dora", "papers", "deed")).isEqualTo("one");
    assertThat(get("dora", "grouped", "key")).isEqualTo("two");
    put("dora", "papers", "will", "three");
    put("dora", "grouped", "lock", "four");
    assertThat(get("carol", "papers", "will")).isEqualTo("three");
    assertThat(get("carol", "grouped", "lock")).isEqualTo("four");
    assertThat(bed.safe("carol", "members", "papers").line()).contains("keys that are replaced");
    assertThat(bed.group("carol", "members", "ops", "--json").line()).contains("\"replaced\":true");

    bed.safe("carol", "share", "papers", "dora", "--role", "write", "--yes").ok();
    bed.group("carol", "add", "ops", "dora", "--yes").ok();
    bed.safe("carol", "list", "grouped").ok();

    assertThat(replace("dora", "--rest").line()).isEmpty();
    assertThat(bed.safe("carol", "members", "papers").line()).doesNotContain("replaced");
    assertThat(get("dora", "papers", "deed")).isEqualTo("one");
    assertThat(get("dora", "grouped", "key")).isEqualTo("two");
    put("dora", "grouped", "bolt", "five");
    assertThat(get("carol", "grouped", "bolt")).isEqualTo("five");
  }

  @Test
  void whatStopsBetweenTheStepsIsFinishedByTheNextLogin() {
    bed.register("erin");
    bed.safe("erin", "create", "own").ok();
    put("erin", "own", "one", "kept safe");
    bed.at(evil.way(Person.Way.to(bed.server())).server());
    evil.refuses(HttpMethod.PUT, "/v1/card");
    Commands stopped = replace("erin", "--new-recovery-sheet", bed.file("sheet.txt").toString());
    assertThat(stopped.code()).isNotZero();
    assertThat(bed.safe("erin", "list").code()).isNotZero();
    evil.lieNoMore();

    Commands next = bed.safe("erin", "get", "own", "one", "--field", "password").ok();

    assertThat(next.out().strip()).isEqualTo("kept safe");
    assertThat(next.err()).contains("had stopped on its way", "--rest");
    // What stops between the two requests of a room goes on, too.
    evil.refuses(HttpMethod.POST, "/v1/rooms/.*/statements");
    Commands waits = replace("erin", "--rest", "--json");
    assertThat(waits.code()).isEqualTo(1);
    assertThat(waits.out()).contains("\"type\":\"waits\"", "\"name\":\"own\"", "\"problem\"");
    evil.lieNoMore();
    assertThat(replace("erin", "--rest").line()).isEqualTo("admitted anew  safe own");
    assertThat(get("erin", "own", "one")).isEqualTo("kept safe");
    assertThat(evil.count("/v1/card")).isEqualTo(1);
  }

  @Test
  void keysCanBeReplacedAgainAndTheRecoveryOfTheLastTimeOpensThem() {
    bed.register("fay");
    bed.safe("fay", "create", "own").ok();
    put("fay", "own", "one", "old");
    replace("fay").ok();
    Path sheet = bed.file("fay.txt");
    replace("fay", "--new-recovery-sheet", sheet.toString()).ok();
    assertThat(get("fay", "own", "one")).isEqualTo("old");
    assertThat(sheet).content().contains("Recovery code:");
    Commands wrong =
        bed.account(
            "profile of fay",
            AccountCommands.commandLine(
                Map.of("ZAMOK_PASSWORD", Person.password("fay"), "ZAMOK_MASTER_PASSWORD", "other"),
                Asker.nobody()),
            "fay",
            "replace-keys");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("the master password is wrong");
  }
}
