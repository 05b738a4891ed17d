package dev.zamok.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.room.RoomState;
import dev.zamok.client.world.Heard;
import dev.zamok.client.world.World;
import dev.zamok.client.world.WorldRoom;
import dev.zamok.client.world.WorldSession;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a client comes back, and when it does not. */
class ReconnectTest {
  private final World world = new World();
  private final WorldSession authority = new WorldSession(world, world.account("alice"));
  private final TestUser alice =
      new TestUser(world, "alice", dev.zamok.client.profile.ProfileStore.inMemory(), authority);
  private final Room hers = alice.await(alice.session.createPrivate("plans", History.FULL));
  private final WorldRoom inside = world.room(hers.id());
  private final Heard heard = alice.listen(hers);

  private List<Long> waits() {
    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < world.hub.dials.size(); i++) {
      waits.add(world.hub.dials.get(i) - world.hub.dials.get(i - 1));
    }
    return waits;
  }

  @Test
  void waitsGrowWithJitterAndStayBounded() {
    world.hub.reachable = false;
    world.hub.cut();
    world.loop.advance(Duration.ofMinutes(10));

    List<Long> waits = waits();
    assertThat(waits).hasSizeGreaterThan(20);
    for (int attempt = 0; attempt < waits.size(); attempt++) {
      long ceiling = Math.min(30_000, 500L << Math.min(attempt, 16));
      assertThat(waits.get(attempt)).isBetween(0L, ceiling);
    }
    assertThat(waits.subList(10, waits.size()).stream().distinct().count()).isGreaterThan(5);
  }

  @Test
  void aTicketServesManyReconnects() {
    int tickets = world.tickets.size();
    for (int i = 0; i < 5; i++) {
      world.hub.cut();
      world.loop.advance(Duration.ofSeconds(40));
    }

    assertThat(world.tickets).hasSize(tickets);
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void theTicketIsRenewedBeforeItExpires() {
    world.loop.advance(Duration.ofMinutes(13));

    assertThat(world.hub.received.stream().filter(ClientFrame.Renew.class::isInstance)).hasSize(1);
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void aSilentHubIsLeft() {
    int dials = world.hub.dials.size();
    world.hub.links.clear();
    world.loop.advance(Duration.ofSeconds(120));

    assertThat(world.hub.dials.size()).isGreaterThan(dials);
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void aHeartbeatKeepsTheConnection() {
    world.loop.advance(Duration.ofMinutes(5));

    assertThat(world.hub.dials).hasSize(1);
    assertThat(world.hub.received.stream().filter(ClientFrame.Ping.class::isInstance).count())
        .isGreaterThan(10);
  }

  @Test
  void closeCodesSayWhetherToComeBack() {
    world.hub.closeAll(CloseCode.GOING_AWAY.number());
    world.loop.advance(Duration.ofSeconds(40));
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);

    world.hub.closeAll(CloseCode.REVOKED.number());
    world.loop.advance(Duration.ofMinutes(5));
    assertThat(hers.state()).isEqualTo(RoomState.ENDED);
    assertThat(world.hub.links).isEmpty();
  }

  @Test
  void anExpiredTicketIsReplaced() {
    int tickets = world.tickets.size();
    world.hub.closeAll(CloseCode.TICKET_EXPIRED.number());
    world.loop.advance(Duration.ofSeconds(40));

    assertThat(world.tickets).hasSize(tickets + 1);
    assertThat(hers.state()).isEqualTo(RoomState.LIVE);
  }

  @Test
  void roomsAddedLaterUseTheSameConnection() {
    Room second = alice.await(alice.session.createPrivate("more", History.FULL));
    Heard more = alice.listen(second);
    alice.say(second, "here too");

    assertThat(world.hub.dials).hasSize(1);
    assertThat(more.texts()).containsExactly("here too");
    assertThat(heard.texts()).isEmpty();
    assertThat(inside.head()).isNotNull();
  }
}
