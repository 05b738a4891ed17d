package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.problem;
import static dev.zamok.app.e2e.Person.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.DeviceLogin;
import dev.zamok.client.Room;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.content.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test is named after what somebody tries. */
class AttacksTest {
  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void serve() {
    server = TestServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anOutsiderAsksForARoomWhoseIdHeKnowsAndAReaderPublishes() {
    try (Person ada = Person.register(Person.Way.to(server), "ada");
        Person mallory = Person.register(Person.Way.to(server), "mallory")) {
      Room atAda = get(ada.session().createPrivate("plans", History.FULL));
      Room channel = get(ada.session().createChannel("closed", false));
      say(atAda, "secret");
      for (Room room : List.of(atAda, channel)) {
        assertThat(problem(mallory.session().room(room.id())).kind())
            .isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
        assertThat(problem(mallory.session().joinChannel(room.id())).kind())
            .isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
      }
      assertThat(get(mallory.session().rooms())).isEmpty();

      get(atAda.invite("mallory", Role.READER));
      Room atMallory = mallory.room(atAda.id());
      Heard heard = mallory.listen(atMallory);
      say(atAda, "for readers");
      heard.awaitTexts("for readers");
      assertThat(problem(atMallory.publish(Content.text("from a reader"))).kind())
          .isEqualTo(ClientProblem.Kind.NOT_ALLOWED);
      assertThat(problem(atMallory.invite("mallory", Role.OWNER)).kind())
          .isIn(ClientProblem.Kind.NOT_ALLOWED, ClientProblem.Kind.REFUSED);
    }
  }

  @Test
  void aRevokedDeviceGoesOnTalking() {
    try (Person ada = Person.register(Person.Way.to(server), "ada");
        Person stolen = Person.login(Person.Way.to(server), "ada")) {
      Room room = get(ada.session().createPrivate("plans", History.FULL));
      Room atStolen = stolen.room(room.id());
      Heard heard = stolen.listen(atStolen);
      say(room, "before");
      heard.awaitTexts("before");
      DeviceLogin other =
          get(ada.session().logins()).stream()
              .filter(login -> !login.current())
              .findFirst()
              .orElseThrow();

      get(ada.session().revoke(other.session()));

      heard.awaitState(RoomState.ENDED);
      assertThat(problem(atStolen.publish(Content.text("still here"))).kind())
          .isIn(ClientProblem.Kind.LOGGED_OUT, ClientProblem.Kind.NOT_ALLOWED);
      assertThat(problem(stolen.session().rooms()).kind()).isEqualTo(ClientProblem.Kind.LOGGED_OUT);
      say(room, "after");
      assertThat(heard.texts()).containsExactly("before");
    }
  }

  @Test
  void aServerWithAnotherCertificateStandsInTheMiddle() {
    Person.Way way = Person.Way.to(server);
    Person.Way wrong = new Person.Way(way.server(), "00".repeat(32), null, way.more());
    assertThat(Person.refused(wrong, "ada").kind()).isEqualTo(ClientProblem.Kind.SERVER_UNTRUSTED);
  }

  @Test
  void aThiefReadsTheDatabaseFiles() throws IOException {
    String sealed = "the plan of the sealed room";
    String managed = "the news of the managed room";
    try (Person ada = Person.register(Person.Way.to(server), "ada-lovelace")) {
      say(get(ada.session().createPrivate("name of a sealed room", History.FULL)), sealed);
      say(get(ada.session().createChannel("name of a channel", true)), managed);
    }
    List<String> secrets =
        List.of(
            sealed,
            managed,
            "name of a sealed room",
            "name of a channel",
            "ada-lovelace",
            Person.password("ada-lovelace"),
            Person.master("ada-lovelace"),
            "$argon2id$");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(server.data())) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    long bytes = 0;
    for (Path file : files) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      bytes += content.length();
      for (String secret : secrets) {
        assertThat(content.contains(secret)).as(secret + " in " + file.getFileName()).isFalse();
      }
    }
    assertThat(bytes).isGreaterThan(10_000);
  }
}
