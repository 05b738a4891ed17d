package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static dev.zamok.app.e2e.Person.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.Room;
import dev.zamok.client.room.Published;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections break, people are away, servers restart: nothing is lost, and nothing comes twice.
 */
class DisconnectionTest {
  private static final int TRIES_MAX = 8;

  @TempDir Path directory;

  @Test
  void aCutConnectionResumesAndLosesNothing() throws Exception {
    try (TestServer server = TestServer.start(directory);
        CuttableProxy proxy = CuttableProxy.to(server.port());
        Person ada = Person.register(Person.Way.to(server), "ada");
        Person brian = Person.register(Person.Way.to(server).through(proxy), "brian")) {
      Room atAda = get(ada.session().createPrivate("plans", History.FULL));
      get(atAda.invite("brian", Role.WRITER));
      Room atBrian = brian.room(atAda.id());
      Heard ofAda = ada.listen(atAda);
      Heard ofBrian = brian.listen(atBrian);
      say(atAda, "before");
      ofBrian.awaitTexts("before");

      List<String> expected = new ArrayList<>(List.of("before"));
      for (int round = 0; round < 3; round++) {
        proxy.cut();
        ofBrian.awaitState(RoomState.CONNECTING);
        CompletableFuture<Published> waiting = atBrian.publish(Content.text("while cut " + round));
        for (int i = 0; i < 5; i++) {
          say(atAda, "missed " + round + "." + i);
          expected.add("missed " + round + "." + i);
        }
        assertThat(waiting).isNotDone();
        proxy.mend();
        get(waiting);
        expected.add("while cut " + round);
        ofBrian.await("round " + round, heard -> heard.texts().size() >= expected.size());
      }

      ofAda.await("everything", heard -> heard.texts().size() >= expected.size());
      assertThat(ofBrian.texts()).containsExactlyElementsOf(expected);
      assertThat(ofAda.texts()).containsExactlyElementsOf(expected);
      assertThat(ofAda.warnings()).isEmpty();
      assertThat(ofBrian.warnings()).isEmpty();
    }
  }

  @Test
  void aRestartedServerHasEverythingThatWasAcknowledged() {
    try (TestServer server = TestServer.start(directory);
        Person ada = Person.register(Person.Way.to(server), "ada");
        Person brian = Person.register(Person.Way.to(server), "brian")) {
      Room atAda = get(ada.session().createPrivate("plans", History.FULL));
      get(atAda.invite("brian", Role.WRITER));
      Room atBrian = brian.room(atAda.id());
      Heard ofAda = ada.listen(atAda);
      Heard ofBrian = brian.listen(atBrian);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        say(atAda, "before " + i);
        expected.add("before " + i);
      }

      server.stop();
      ofAda.awaitState(RoomState.CONNECTING);
      ofBrian.awaitState(RoomState.CONNECTING);
      CompletableFuture<Published> waiting = atBrian.publish(Content.text("while down"));
      server.restart();
      get(waiting);
      expected.add("while down");
      say(atAda, "after");
      expected.add("after");

      ofAda.awaitTexts("while down", "after");
      ofBrian.awaitTexts("while down", "after");
      assertThat(ofAda.texts()).containsExactlyElementsOf(expected);
      assertThat(ofBrian.texts()).containsExactlyElementsOf(expected);
      try (Person again = Person.login(Person.Way.to(server), "ada")) {
        assertThat(get(again.room(atAda.id()).history(100)).messages())
            .extracting(m -> Heard.words(m.content()))
            .containsExactlyElementsOf(expected);
      }
    }
  }

  /** After an hour of silence the log keeps nothing of a room: all comes from history. */
  @Test
  void whoWasAwayForLongIsBroughtUpToDateFromHistory() {
    MovingClock clock = new MovingClock();
    Path profile = directory.resolve("brian");
    try (TestServer server = TestServer.start(directory, clock)) {
      Person.Way way = Person.Way.to(server).with(builder -> builder.clock(clock));
      try (Person ada = Person.register(way, "ada")) {
        Room atAda = get(ada.session().createPrivate("plans", History.FULL));
        Position seen;
        try (Person brian = Person.register(way.withProfile(profile), "brian")) {
          get(atAda.invite("brian", Role.WRITER));
          Heard before = brian.listen(brian.room(atAda.id()));
          seen = say(atAda, "before").position();
          before.awaitTexts("before");
        }
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          say(atAda, "missed " + i);
          missed.add("missed " + i);
          if (i == 3 || i == 7) {
            get(atAda.rotate(i == 7));
          }
        }
        awaitTrimmed(clock, way, seen, atAda);

        try (Person brian = Person.login(way.withProfile(profile), "brian")) {
          Room room = brian.room(atAda.id());
          Position remembered = get(room.remembered());
          assertThat(remembered).isEqualTo(seen);
          Heard after = brian.listenAfter(room, remembered);
          after.await("all that was missed", heard -> heard.texts().size() >= missed.size());
          say(room, "back");
          after.awaitTexts("back");
          missed.add("back");
          assertThat(after.texts()).containsExactlyElementsOf(missed);
          assertThat(after.warnings()).isEmpty();
        }
      }
    }
  }

  /** Until the hub can no longer resume after {@code seen} from its log alone. */
  private static void awaitTrimmed(MovingClock clock, Person.Way way, Position seen, Room room) {
    boolean trimmed = false;
    for (int i = 0; i < TRIES_MAX && !trimmed; i++) {
      // Keys that rotate by the clock are entries, too: the silence may begin anew.
      clock.advance(Duration.ofMinutes(65));
      List<HubFrame.Joined> joins = new CopyOnWriteArrayList<>();
      Person.Way tapped =
          way.with(
              builder ->
                  way.more()
                      .apply(builder)
                      .frameTap((outgoing, frame) -> note(outgoing, frame, joins)));
      try (Person probe = Person.login(tapped, "ada")) {
        probe.listenAfter(probe.room(room.id()), seen);
        trimmed = joins.stream().anyMatch(join -> join.recovery() == HubFrame.Recovery.INCOMPLETE);
      }
    }
  }

  private static void note(boolean outgoing, Bytes frame, List<HubFrame.Joined> joins) {
    try {
      if (!outgoing && HubFrames.decode(frame) instanceof HubFrame.Joined joined) {
        joins.add(joined);
      }
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
