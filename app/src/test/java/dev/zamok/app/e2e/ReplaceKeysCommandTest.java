package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.account.AccountCommands;
import dev.zamok.app.login.Asker;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
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
  void whoAdministersIsAdmittedAnewAtOnceAndOthersAreNamedToWhoAdministers() {
    bed.register("ada", "brian");
    String safe = bed.safe("ada", "create", "servers").line();
    put("ada", "servers", "db", "before");
    bed.safe("ada", "share", "servers", "brian", "--role", "write", "--yes").ok();

    Commands ada = replace("ada");

    assertThat(ada.line()).isEqualTo("admitted anew  safe servers");
    assertThat(ada.err()).contains("the keys are replaced", "your fingerprint", "recovery-sheet");

    Commands brian = replace("brian");

    assertThat(brian.code()).isEqualTo(1);
    assertThat(brian.out().strip())
        .isEqualTo(
            "waits          safe servers: ada must run zamok safe share servers brian --role write");
    // By the former keys, until then; ada's new ones are no alarm.
    put("brian", safe, "web", "after");
    assertThat(bed.safe("ada", "members", "servers").line())
        .containsPattern("brian .*keys that are replaced");
    bed.safe("ada", "share", "servers", "brian", "--role", "write", "--yes").ok();
    assertThat(replace("brian", "--rest").line()).isEmpty();
    assertThat(get("brian", safe, "db")).isEqualTo("before");
    assertThat(get("ada", "servers", "web")).isEqualTo("after");
    assertThat(bed.safe("ada", "members", "servers", "--json").line())
        .contains("\"replaced\":false")
        .doesNotContain("\"replaced\":true");
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
    assertThat(evil.count("/v1/card")).isEqualTo(1);
  }
}
