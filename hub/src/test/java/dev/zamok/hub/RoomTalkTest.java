package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Right;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What members of a room get from each other. */
class RoomTalkTest {
  private final HubFixture fixture = new HubFixture();

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  private TestClient watcher(int number, RoomId room) throws Exception {
    String ticket =
        fixture.tickets.sign(
            number, List.of(TestTickets.grant(room, number, EnumSet.allOf(Right.class), 1)));
    return TestClient.admitted(fixture.hub.port(), ticket);
  }

  @Test
  void aMessageReachesEverybodyAndItsSenderGetsItsPosition() throws Exception {
    RoomId room = fixture.room(1);
    TestClient ann = fixture.member(1, room);
    TestClient ben = fixture.member(2, room);
    assertThat(ann.join(room).present()).isEqualTo(1);
    assertThat(ben.join(room).present()).isEqualTo(2);
    ann.publish(room, 1, "hello");
    HubFrame.Ack ack = ann.await(HubFrame.Ack.class);
    assertThat(ben.text()).isEqualTo("hello");
    assertThat(ack.position()).isEqualTo(fixture.log.entries(room).get(0).position());
  }

  @Test
  void manyRoomsAreJoinedByOneFrame() throws Exception {
    RoomId[] rooms = new RoomId[100];
    List<ClientFrame.Join.Request> requests = new java.util.ArrayList<>();
    for (int i = 0; i < rooms.length; i++) {
      rooms[i] = fixture.room(i + 1);
      requests.add(new ClientFrame.Join.Request(rooms[i], Position.ZERO, 0));
    }
    TestClient ann = fixture.member(1, rooms);
    ann.send(new ClientFrame.Join(requests));
    java.util.Set<RoomId> joined = new java.util.HashSet<>();
    for (int i = 0; i < rooms.length; i++) {
      joined.add(ann.expect(HubFrame.Joined.class).room());
    }
    assertThat(joined).containsExactlyInAnyOrder(rooms);
  }

  @Test
  void aSignalReachesTheOthersWithTheHeadAndIsNotStored() throws Exception {
    RoomId room = fixture.room(1);
    TestClient ann = fixture.member(1, room);
    TestClient ben = fixture.member(2, room);
    ann.join(room);
    ben.join(room);
    ann.publish(room, 1, "hello");
    Position head = ben.entry().position();
    ann.send(new ClientFrame.Signal(room, TestClient.bytes("typing")));
    HubFrame.Signal signal = ben.expect(HubFrame.Signal.class);
    assertThat(signal)
        .isEqualTo(new HubFrame.Signal(room, new MemberTag(1), head, TestClient.bytes("typing")));
    assertThat(fixture.log.entries(room)).hasSize(1);
    ann.await(HubFrame.Ack.class);
  }

  @Test
  void aRoomThatTheLogDoesNotKnowIsRefused() throws Exception {
    RoomId room = TestTickets.room(5);
    TestClient ann = fixture.member(1, room);
    ann.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
    assertThat(ann.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
    fixture.log.open(room, 0);
    ann.join(room);
  }

  @Test
  void whileTheLogIsAwayRequestsAreRejectedAndTheConnectionStays() throws Exception {
    RoomId room = fixture.room(1);
    RoomId other = fixture.room(2);
    TestClient ann = fixture.member(1, room, other);
    ann.join(room);
    fixture.log.failing(true);
    ann.publish(room, 1, "hello");
    HubFrame.Reject reject = ann.expect(HubFrame.Reject.class);
    assertThat(reject.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(reject.retryAfterMillis()).isEqualTo(1_000);
    ann.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(other, null, 0))));
    assertThat(ann.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    fixture.log.failing(false);
    ann.publish(room, 1, "hello");
    assertThat(ann.text()).isEqualTo("hello");
    ann.join(other);
  }

  @Test
  void whoMayIsToldWhoIsPresentAndOthersAreNot() throws Exception {
    RoomId room = fixture.room(1);
    try (TestClient ann = watcher(1, room)) {
      TestClient ben = fixture.member(2, room);
      ann.join(room);
      ben.join(room);
      HubFrame.Presence presence = ann.await(HubFrame.Presence.class);
      while (presence.count() < 2) {
        presence = ann.await(HubFrame.Presence.class);
      }
      assertThat(presence.tags()).containsExactlyInAnyOrder(new MemberTag(1), new MemberTag(2));
      // the same session again is nobody new
      TestClient again = fixture.member(2, room);
      assertThat(again.join(room).present()).isEqualTo(2);
      again.close();
      ben.ping();
      ben.send(new ClientFrame.Leave(room));
      presence = ann.await(HubFrame.Presence.class);
      assertThat(presence.tags()).containsExactly(new MemberTag(1));
    }
  }

  @Test
  void entriesOfOneTurnAreDeliveredToAllLoops() throws Exception {
    RoomId room = fixture.room(1);
    TestClient ann = fixture.member(1, room);
    TestClient[] others = new TestClient[6];
    ann.join(room);
    for (int i = 0; i < others.length; i++) {
      others[i] = fixture.member(10 + i, room);
      others[i].join(room);
    }
    for (int i = 0; i < 50; i++) {
      ann.publish(room, i + 1, "message " + i);
    }
    for (TestClient other : others) {
      for (int i = 0; i < 50; i++) {
        assertThat(other.text()).isEqualTo("message " + i);
      }
    }
    HubFixture.until(() -> fixture.hub.metrics().value(Counter.DELIVERIES) == 50 * 7);
    fixture.advance(Duration.ZERO);
  }
}
