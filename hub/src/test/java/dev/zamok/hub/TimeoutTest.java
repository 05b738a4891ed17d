package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends by itself. The clocks are moved by hand. */
class TimeoutTest {
  private HubFixture fixture = new HubFixture();

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  @Test
  void whoDoesNotSayHelloInTimeIsClosed() throws Exception {
    TestClient late = fixture.connect();
    late.write(RawClient.frame(0x89, new byte[0]));
    late.read();
    fixture.advance(Duration.ofSeconds(5));
    assertThat(late.closeCode()).isEqualTo(4002);
  }

  @Test
  void whoIsSilentForTwoHeartbeatsIsClosedAndWhoPingsIsNot() throws Exception {
    RoomId room = fixture.room(1);
    TestClient silent = fixture.member(1, room);
    TestClient alive = fixture.member(2, room);
    alive.join(room);
    fixture.advance(Duration.ofSeconds(40));
    alive.ping();
    fixture.advance(Duration.ofSeconds(20));
    assertThat(silent.closeCode()).isEqualTo(4003);
    alive.ping();
  }

  @Test
  void whoFollowsALogThatNobodyCanConfirmIsClosed() throws Exception {
    RoomId room = fixture.room(1);
    TestClient follower = fixture.member(1, room);
    TestClient elsewhere = fixture.member(2, fixture.room(2));
    follower.join(room);
    fixture.log.tellUnavailable(room);
    assertThat(follower.closeCode()).isEqualTo(4010);
    elsewhere.ping();
  }

  @Test
  void aConnectionEndsWithItsNewestTicket() throws Exception {
    fixture.close();
    HubLimits.Times times = HubLimits.Times.defaults();
    fixture =
        new HubFixture(
            config ->
                config.withLimits(
                    HubLimits.defaults()
                        .with(
                            new HubLimits.Times(
                                times.upgrade(),
                                times.hello(),
                                Duration.ofHours(1),
                                times.stuck(),
                                times.closing(),
                                times.logOutage()))));
    RoomId room = fixture.room(1);
    TestClient renewing = fixture.member(1, room);
    TestClient forgetful = fixture.member(2, room);
    fixture.advance(Duration.ofMinutes(9));
    renewing.ping();
    forgetful.ping();
    Ticket newer = TestTickets.ticket(1, fixture.clock.now(), Duration.ofMinutes(10), List.of());
    renewing.send(new ClientFrame.Renew(fixture.tickets.sign(newer)));
    assertThat(renewing.expect(HubFrame.Welcome.class).expiresAtMillis())
        .isEqualTo(newer.expiresAt().toEpochMilli());
    fixture.advance(Duration.ofSeconds(59));
    renewing.ping();
    forgetful.ping();
    fixture.advance(Duration.ofSeconds(2));
    assertThat(forgetful.closeCode()).isEqualTo(4001);
    renewing.ping();
  }

  @Test
  void aDrainSaysGoodbyeToAllAndTakesNobodyNew() throws Exception {
    RoomId room = fixture.room(1);
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestClient client = fixture.member(i + 1, room);
      client.join(room);
      clients.add(client);
    }
    var drained = fixture.hub.drain(Duration.ofSeconds(8));
    HubFixture.until(() -> refused());
    assertThat(fixture.hub.metrics().closes(dev.zamok.protocol.frame.CloseCode.GOING_AWAY))
        .isLessThan(8);
    fixture.advance(Duration.ofSeconds(9));
    for (TestClient client : clients) {
      assertThat(client.closeCode()).isEqualTo(4000);
      client.close();
    }
    HubFixture.await(drained);
    HubFixture.until(
        () ->
            fixture.hub.metrics().value(Counter.CONNECTIONS_CLOSED)
                == fixture.hub.metrics().value(Counter.CONNECTIONS_OPENED));
  }

  private boolean refused() {
    try (java.net.Socket socket = new java.net.Socket("127.0.0.1", fixture.hub.port())) {
      socket.setSoTimeout(500);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false; // taken just before the drain
    } catch (java.io.IOException e) {
      return true;
    }
  }

  @Test
  void aDrainCutsOffWhoDoesNotAnswer() throws Exception {
    TestClient deaf = fixture.member(1, fixture.room(1));
    var drained = fixture.hub.drain(Duration.ZERO);
    assertThat(deaf.closeCode()).isEqualTo(4000);
    fixture.advance(Duration.ofSeconds(2));
    HubFixture.await(drained);
    assertThat(deaf.in.read()).isEqualTo(-1);
  }
}
