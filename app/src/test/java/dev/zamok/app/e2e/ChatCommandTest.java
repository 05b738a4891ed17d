package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.chat.ChatCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a script uses it, against a real server. */
class ChatCommandTest {
  private static TestServer server;
  private static Path directory;

  @BeforeAll
  static void serve(@TempDir Path place) {
    directory = place;
    server = TestServer.start(place);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What came of one command. */
  private record Ran(int code, String out, String err) {
    Ran ok() {
      assertThat(code).as(err).isZero();
      return this;
    }
  }

  private static Ran chat(String login, String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        ChatCommands.commandLine(Person.password(login), Person.master(login), input)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments(login, arguments));
    return new Ran(code, out.toString(), err.toString());
  }

  private static String[] arguments(String login, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "chat",
                "--server",
                server.uri().toString(),
                "--login",
                login,
                "--profile",
                directory.resolve("profile of " + login).toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }

  @Test
  void aScriptMakesARoomSpeaksAndReads() throws Exception {
    chat("ada", "", "--register", "--list", "--fingerprint", server.fingerprint()).ok();
    chat("brian", "", "--register", "--list", "--fingerprint", server.fingerprint()).ok();
    String room = chat("ada", "", "--create", "plans", "--invite", "brian").ok().out().strip();
    assertThat(chat("ada", "", "--room", "plans", "--send", "deploy done").ok().out()).isEmpty();
    chat("ada", "from a pipe\n", "--room", room, "--send", "-").ok();

    JsonNode listed = json(chat("brian", "", "--list", "--json").ok().out());
    assertThat(listed.path("room").asText()).isEqualTo(room);
    assertThat(listed.path("name").asText()).isEqualTo("plans");
    assertThat(listed.path("trust").asText()).isEqualTo("sealed");
    List<String> lines =
        chat("brian", "", "--room", "plans", "--history", "10", "--json")
            .ok()
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(2);
    assertThat(json(lines.get(0)).path("content").path("text").asText()).isEqualTo("deploy done");
    assertThat(json(lines.get(1)).path("content").path("text").asText()).isEqualTo("from a pipe");

    Ran talked = chat("brian", "/join plans\nhello\n/members\n/nonsense\n/quit\n").ok();
    assertThat(talked.out()).contains("#plans ada: deploy done", "owner", "there is no /nonsense");
    assertThat(chat("ada", "", "--room", "plans", "--history", "1").ok().out())
        .contains("#plans brian: hello");
  }

  @Test
  void whatGoesWrongIsOneSentenceAndNoSecret() {
    chat("carol", "", "--register", "--list", "--fingerprint", server.fingerprint()).ok();
    refused(1, "password is wrong", wrongPassword());
    refused(1, "not in a room called", chat("carol", "", "--room", "nowhere", "--send", "x"));
    refused(1, "taken", chat("carol", "", "--register", "--list"));
    refused(1, "DANGER", chat("carol", "", "--list", "--fingerprint", "00".repeat(32)));
    refused(1, "nobody has confirmed", chat("dave", "", "--list"));
    refused(2, "--room", chat("carol", "", "--send", "x"));
    refused(2, "--server", chat("carol", "", "--server", "http://localhost", "--list"));
  }

  private static Ran wrongPassword() {
    StringWriter err = new StringWriter();
    int code =
        ChatCommands.commandLine("no such password", Person.master("carol"), "")
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(arguments("carol", "--list"));
    return new Ran(code, "", err.toString());
  }

  private static void refused(int code, String why, Ran ran) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    assertThat(ran.err()).contains(why).doesNotContain("\tat ", "Exception");
    assertThat(ran.err() + ran.out())
        .doesNotContain(Person.password("carol"), Person.master("carol"));
  }

  @Test
  void followingPrintsOneObjectALineAsThingsHappen() throws Exception {
    Person.Way way = Person.Way.to(server);
    chat("erin", "", "--register", "--list", "--fingerprint", server.fingerprint()).ok();
    String room = chat("erin", "", "--create", "log").ok().out().strip();
    try (Lines lines = new Lines()) {
      Thread follower =
          new Thread(
              () -> {
                int unused =
                    ChatCommands.commandLine(Person.password("erin"), Person.master("erin"), "")
                        .setOut(new PrintWriter(lines, true))
                        .execute(arguments("erin", "--room", room, "--follow", "--json"));
              });
      follower.start();
      try {
        lines.await("\"state\":\"live\"");
        try (Person again = Person.login(way, "erin")) {
          Person.say(
              again.room(dev.zamok.protocol.RoomId.parse(room)), "seen by the one that follows");
        }
        JsonNode message = json(lines.await("\"type\":\"message\""));
        assertThat(message.path("content").path("text").asText())
            .isEqualTo("seen by the one that follows");
        assertThat(message.path("own").asBoolean()).isTrue();
      } finally {
        follower.interrupt();
        follower.join(TimeUnit.SECONDS.toMillis(Heard.SECONDS_MAX));
      }
      assertThat(follower.isAlive()).isFalse();
    }
  }
}
