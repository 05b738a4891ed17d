package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.group.GroupCommands;
import dev.zamok.app.safe.SafeCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about groups, as a script uses them, against a real server. */
class GroupCommandTest {
  /** Each command logs in, and nobody may do that more often for long. */
  private static final Duration LOGIN_EVERY = Duration.ofSeconds(20);

  private static final MovingClock CLOCK = new MovingClock();
  private static TestServer server;
  private static Path directory;

  @BeforeAll
  static void serve(@TempDir Path place) {
    directory = place;
    server = TestServer.start(place, CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What came of one command. */
  private record Ran(int code, String out, String err) {
    String line() {
      assertThat(code).as(err).isZero();
      return out.strip();
    }
  }

  private static Ran ran(CommandLine line, String login, String... arguments) {
    CLOCK.advance(LOGIN_EVERY);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server",
                server.uri().toString(),
                "--login",
                login,
                "--profile",
                directory.resolve("profile of " + login).toString()));
    all.addAll(List.of(arguments));
    int code =
        line.setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran safe(String login, String input, String... arguments) {
    return ran(
        SafeCommands.commandLine(Person.password(login), Person.master(login), input),
        login,
        arguments);
  }

  private static Ran group(String login, String... arguments) {
    return ran(
        GroupCommands.commandLine(Person.password(login), Person.master(login)), login, arguments);
  }

  private static void register(String login) {
    group(login, "--register", "--fingerprint", server.fingerprint(), "list").line();
  }

  @Test
  void aScriptSharesASafeWithAGroupAndTakesItBack() {
    register("ada");
    register("brian");
    String id = group("ada", "create", "ops").line();
    assertThat(group("ada", "add", "ops", "brian").line()).contains("brian", "writer");
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

    assertThat(group("ada", "remove", "ops", "brian").line()).isEmpty();
    assertThat(safe("brian", "", "get", safe, "db").code()).isEqualTo(3);
    safe("ada", "staple\n", "edit", "servers", "db", "--password-file", "-").line();
    assertThat(safe("ada", "", "revoke", "servers", "--group", "ops").line()).isEqualTo("db");
    assertThat(safe("ada", "", "members", "servers").line()).doesNotContain("group");
  }

  @Test
  void groupIsChosenByNameByItsAdminsAloneAndIsNoAdminItself() {
    register("carol");
    register("mallory");
    group("mallory", "create", "friends").line();
    group("mallory", "add", "friends", "carol").line();
    safe("carol", "", "create", "mine").line();
    Ran fooled = safe("carol", "", "share", "mine", "--group", "friends", "--role", "read");
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
}
