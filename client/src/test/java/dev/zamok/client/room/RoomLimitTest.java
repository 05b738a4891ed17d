package dev.zamok.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.world.World;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.content.Content;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
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

  /** Never connected; as many places as a session has. */
  private static final class Hub implements HubSide {
    private @Nullable Rooms rooms;

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
    public void rejoin(RoomId room, Duration delay) {}

    @Override
    public void leave(RoomId room) {}

    @Override
    public void refreshTicket() {}
  }
}
