package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Right;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a ticket does not allow, and what a renewed one changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
  private final HubFixture fixture = new HubFixture();
  private final RoomId room = fixture.room(1);
  private final RoomId other = fixture.room(2);
  private Bystanders bystanders;

  @BeforeAll
  void begin() throws Exception {
    bystanders = new Bystanders(fixture, room);
  }

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private TestClient with(int session, Right... rights) throws Exception {
    return with(session, Set.of(rights));
  }

  private TestClient with(int session, Set<Right> rights) throws Exception {
    String ticket =
        fixture.tickets.sign(session, List.of(TestTickets.grant(room, session, rights, 1)));
    return TestClient.admitted(fixture.hub.port(), ticket);
  }

  private static HubFrame.Reject rejected(TestClient client) throws Exception {
    return client.expect(HubFrame.Reject.class);
  }

  private static ClientFrame join(RoomId room) {
    return new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0)));
  }

  @Test
  void publishingWithoutTheRightIsRejected() throws Exception {
    try (TestClient mallory = with(20, Right.READ)) {
      mallory.join(room);
      mallory.publish(room, 1, "spam");
      HubFrame.Reject reject = rejected(mallory);
      assertThat(reject.code()).isEqualTo(ErrorCode.NOT_PERMITTED);
      assertThat(reject.id()).isEqualTo(new MessageId(7, 1));
      bystanders.noticeNothing();
    }
  }

  @Test
  void signallingWithoutTheRightIsRejected() throws Exception {
    try (TestClient mallory = with(21, Right.READ, Right.PUBLISH)) {
      mallory.join(room);
      mallory.send(new ClientFrame.Signal(room, TestClient.bytes("typing")));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.NOT_PERMITTED);
      bystanders.noticeNothing();
    }
  }

  @Test
  void joiningWithoutTheRightToReadIsRejected() throws Exception {
    try (TestClient mallory = with(22, Right.PUBLISH, Right.SIGNAL)) {
      mallory.send(join(room));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.NOT_PERMITTED);
    }
  }

  @Test
  void aRoomThatTheTicketDoesNotNameIsUnknown() throws Exception {
    try (TestClient mallory = with(23, TestTickets.TALK)) {
      mallory.send(join(other));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
      mallory.publish(other, 1, "x");
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
      mallory.send(new ClientFrame.Signal(other, TestClient.bytes("x")));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
    }
  }

  @Test
  void publishingAndSignallingWantTheRoomJoined() throws Exception {
    try (TestClient mallory = with(24, TestTickets.TALK)) {
      mallory.publish(room, 1, "x");
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.NOT_JOINED);
      mallory.send(new ClientFrame.Signal(room, TestClient.bytes("x")));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.NOT_JOINED);
      mallory.join(room);
      mallory.send(new ClientFrame.Leave(room));
      mallory.publish(room, 1, "x");
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.NOT_JOINED);
      bystanders.noticeNothing();
    }
  }

  @Test
  void anEpochThatIsNotAcceptedIsRejected() throws Exception {
    try (TestClient mallory = with(25, TestTickets.TALK)) {
      mallory.join(room);
      mallory.send(new ClientFrame.Publish(room, new MessageId(7, 99), 5, TestClient.bytes("x")));
      assertThat(rejected(mallory).code()).isEqualTo(ErrorCode.STALE_EPOCH);
    }
  }

  @Test
  void aRenewedTicketGivesAndTakesRightsAtOnce() throws Exception {
    try (TestClient carl = TestClient.admitted(fixture.hub.port(), ticketOf(other, Right.READ))) {
      carl.join(other);
      carl.publish(other, 260, "no");
      assertThat(rejected(carl).code()).isEqualTo(ErrorCode.NOT_PERMITTED);
      renew(carl, Right.READ, Right.PUBLISH);
      carl.publish(other, 261, "yes");
      carl.await(HubFrame.Ack.class);
      renew(carl, Right.READ);
      carl.publish(other, 262, "no");
      assertThat(carl.await(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.NOT_PERMITTED);
    }
  }

  private String ticketOf(RoomId room, Right... rights) {
    return fixture.tickets.sign(26, List.of(TestTickets.grant(room, 26, Set.of(rights), 1)));
  }

  private void renew(TestClient client, Right... rights) throws Exception {
    client.send(new ClientFrame.Renew(ticketOf(other, rights)));
    client.await(HubFrame.Welcome.class);
  }

  @Test
  void aRenewedTicketWithoutTheRoomEndsItsMembership() throws Exception {
    try (TestClient carl = with(27, TestTickets.TALK)) {
      carl.join(room);
      carl.send(
          new ClientFrame.Renew(
              fixture.tickets.sign(
                  TestTickets.ticket(27, TestTime.START, Duration.ofMinutes(14), List.of()))));
      HubFrame.Evicted evicted = carl.await(HubFrame.Evicted.class);
      assertThat(evicted.code()).isEqualTo(ErrorCode.NOT_PERMITTED);
      assertThat(evicted.room()).isEqualTo(room);
      carl.await(HubFrame.Welcome.class);
    }
  }
}
