package dev.zamok.app.e2e;

import static dev.zamok.app.e2e.Person.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.Room;
import dev.zamok.client.room.Published;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomState;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.content.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People talk all at once while keys change under their hands. */
class RotationTest {
  private static final int ROUNDS = 12;
  private static final int BURST = 15;
  private static final int REMOVAL = 7;

  @TempDir Path directory;

  private final List<CompletableFuture<Published>> sent = new ArrayList<>();

  private void burst(Room room, String who, int round) {
    for (int i = 0; i < BURST; i++) {
      sent.add(room.publish(Content.text(who + " " + round + "." + i)));
    }
  }

  @Test
  void throughRotationsAndARemovalNothingIsLostOrDoubledAndAllHearOneOrder() {
    try (TestServer server = TestServer.start(directory);
        Person ada = Person.register(Person.Way.to(server), "ada");
        Person brian = Person.register(Person.Way.to(server), "brian");
        Person carol = Person.register(Person.Way.to(server), "carol");
        Person dave = Person.register(Person.Way.to(server), "dave")) {
      Room atAda = get(ada.session().createPrivate("plans", History.FULL));
      for (String login : List.of("brian", "carol", "dave")) {
        get(atAda.invite(login, Role.WRITER));
      }
      Room atBrian = brian.room(atAda.id());
      Room atCarol = carol.room(atAda.id());
      List<Heard> staying =
          List.of(ada.listen(atAda), brian.listen(atBrian), carol.listen(atCarol));
      Heard ofDave = dave.listen(dave.room(atAda.id()));

      for (int round = 0; round < ROUNDS; round++) {
        burst(atAda, "ada", round);
        burst(atBrian, "brian", round);
        // In the middle of what the others send.
        CompletableFuture<Void> change =
            round == REMOVAL ? atAda.remove("dave") : atAda.rotate(round % 3 == 2);
        burst(atCarol, "carol", round);
        burst(atBrian, "brian again", round);
        get(change);
      }
      List<MessageId> order = inOrder();

      for (Heard heard : staying) {
        heard.await("all messages", h -> h.messages().size() >= order.size());
        assertThat(ids(heard.messages())).containsExactlyElementsOf(order);
        assertThat(heard.warnings()).isEmpty();
        numbersRise(heard.messages());
      }
      ofDave.awaitState(RoomState.REMOVED);
      assertThat(ids(ofDave.messages()))
          .containsExactlyElementsOf(order.subList(0, ofDave.messages().size()));
      assertThat(ofDave.texts()).noneMatch(text -> text.contains(" " + (REMOVAL + 1) + "."));
    }
  }

  /** All that was published, by its place in the log. */
  private List<MessageId> inOrder() {
    List<Published> done = new ArrayList<>();
    sent.forEach(one -> done.add(get(one)));
    assertThat(done).extracting(Published::position).doesNotHaveDuplicates();
    return done.stream()
        .sorted(java.util.Comparator.comparing(Published::position))
        .map(Published::id)
        .toList();
  }

  private static List<MessageId> ids(Collection<RoomMessage> messages) {
    return messages.stream().map(RoomMessage::id).toList();
  }

  /** Each sender's numbers came in their order: nothing had to be waited for. */
  private static void numbersRise(List<RoomMessage> messages) {
    for (String login : List.of("ada", "brian", "carol")) {
      assertThat(messages.stream().filter(m -> m.author().login().equals(login)))
          .extracting(RoomMessage::seq)
          .isSorted();
    }
  }
}
