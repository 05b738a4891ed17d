package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.world.World;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Somebody is in more rooms than a ticket names. */
class RoomLimitTest {
  private final WorldMember ada = new WorldMember(new World(), "ada");
  private final Hub hub = new Hub();
  private final Rooms rooms = new Rooms(ada.around, hub);

  private RoomEngine room() {
    return rooms.room(ada.make(RoomKind.SAFE, "one of many").view());
  }

  private RoomEngine joined() {
    RoomEngine engine = room();
    Futures.fire(engine.attach(null));
    ada.world.loop.settle();
    assertThat(engine.isAttached()).isTrue();
    return engine;
  }

  private String refusal(CompletableFuture<?> future) {
    ada.world.loop.settle();
    assertThat(future).isCompletedExceptionally();
    return future.handle((done, failure) -> ClientProblem.in(failure).refusal()).join();
  }

  @Test
  void theOneThatIsTooManyIsRefusedInWordsAndTakesAPlaceThatGetsFree() {
    hub.rooms = rooms;
    RoomEngine first = joined();
    while (rooms.wanted().size() < ClientFrame.Join.ROOMS_MAX) {
      joined();
    }
    RoomEngine tooMany = room();

    assertThat(refusal(tooMany.attach(null))).isEqualTo("too-many-rooms");
    assertThat(refusal(tooMany.publish(Content.text("for nobody")))).isEqualTo("too-many-rooms");
    assertThat(rooms.wanted()).contains(first.id()).doesNotContain(tooMany.id());
    // Who is in one already stays.
    Futures.fire(first.attach(null));
    first.ticket(null);
    Futures.fire(tooMany.attach(null));
    ada.world.loop.settle();
    assertThat(rooms.wanted()).contains(tooMany.id()).doesNotContain(first.id());
  }

  @Test
  void noMoreAreJoinedThanTheHubSaid() {
    hub.rooms = rooms;
    rooms.welcomed(limits(2));
    joined();
    RoomEngine last = joined();
    assertThat(refusal(room().attach(null))).isEqualTo("too-many-rooms");
    // Another hub, or the same one after a change of its settings.
    rooms.welcomed(limits(Integer.MAX_VALUE));
    while (rooms.wanted().size() < ClientFrame.Join.ROOMS_MAX) {
      joined();
    }
    assertThat(refusal(room().attach(null))).isEqualTo("too-many-rooms");
    assertThat(last.isAttached()).isTrue();
  }

  private static HubFrame.Limits limits(int roomsMax) {
    return new HubFrame.Limits(1, roomsMax, 1, 1, 1);
  }

  @Test
  void oneThatTheHubHasNoPlaceForIsLetGoAndNotAskedForAgain() {
    hub.rooms = rooms;
    RoomEngine engine = room();
    List<String> told = new ArrayList<>();
    engine.listen(
        new RoomListener() {
          @Override
          public void onNoPlace(ClientProblem why) {
            told.add(why.refusal());
          }
        });
    CompletableFuture<Void> attached = engine.attach(null);
    ada.world.loop.settle();
    assertThat(attached).isNotDone();
    CompletableFuture<Published> waiting = engine.publish(Content.text("for nobody"));
    tooMany(engine);
    assertThat(refusal(attached)).isEqualTo("too-many-rooms");
    assertThat(refusal(waiting)).isEqualTo("too-many-rooms");
    assertThat(told).containsExactly("too-many-rooms");
    assertThat(rooms.wanted()).isEmpty();
    assertThat(hub.left).containsExactly(engine.id());
    ada.world.loop.advance(Duration.ofHours(1));
    assertThat(hub.asked).isZero();
    // Whoever tries it anew may have a place.
    attached = engine.attach(null);
    ada.world.loop.settle();
    assertThat(attached).isNotDone();
    assertThat(rooms.wanted()).containsExactly(engine.id());
  }

  private void tooMany(RoomEngine engine) {
    rooms.frame(
        new HubFrame.Reject(
            HubFrame.Request.JOIN, engine.id(), MessageId.NONE, ErrorCode.TOO_MANY_ROOMS, 0));
  }

  /** Never connected; as many places as a session has. */
  private static final class Hub implements HubSide {
    private final List<RoomId> left = new ArrayList<>();
    private @Nullable Rooms rooms;
    private int asked;

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public boolean hasPlace() {
      return rooms != null && rooms.hasPlace();
    }

    @Override
    public long publishSlot() {
      return 0;
    }

    @Override
    public void send(ClientFrame frame) {}

    @Override
    public void wake() {}

    @Override
    public void rejoin(RoomId room, Duration delay) {
      asked++;
    }

    @Override
    public void leave(RoomId room) {
      left.add(room);
    }

    @Override
    public void refreshTicket() {
      asked++;
    }
  }
}
