package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.say;

import dev.zamok.client.Room;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody is removed and invited again while his client runs. */
class InvitedAgainTest {
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path place) {
    server = TestServer.start(place);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(History.class)
  void whoLearnsThatHeIsOutOpensTheRoomAnewOnceHeIsIn(History history) {
    String suffix = history.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Person ada = Person.register(Person.Way.to(server), "ada-" + suffix);
        Person brian = Person.register(Person.Way.to(server), "brian-" + suffix)) {
      Room plans = get(ada.session().createPrivate("plans", history));
      get(plans.invite("brian-" + suffix, Role.WRITER));
      Heard heard = ada.listen(plans);
      Room his = brian.room(plans.id());
      Heard heardByBrian = brian.listen(his);
      say(his, "first");
      heard.awaitTexts("first");
      say(plans, "to all");
      heardByBrian.awaitTexts("first", "to all");

      get(plans.remove("brian-" + suffix));
      heardByBrian.awaitState(RoomState.REMOVED);
      get(plans.invite("brian-" + suffix, Role.WRITER));

      Room again = brian.room(plans.id());
      Heard heardAgain = brian.listen(again);
      say(again, "again");
      heard.awaitTexts("first", "to all", "again");
      say(plans, "welcome back");
      heardAgain.awaitTexts("again", "welcome back");
    }
  }
}
