package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What members of a room get from each other. */
class RoomTalkTest {
  private final HubFixture fixture = new HubFixture();

  @AfterEach
  void end() throws Exception {
    fixture.close();
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
  void aRoomThatTheLogDoesNotKnowIsRefused() throws Exception {
    RoomId room = TestTickets.room(5);
    TestClient ann = fixture.member(1, room);
    ann.send(
        new dev.zamok.protocol.frame.ClientFrame.Join(
            java.util.List.of(
                new dev.zamok.protocol.frame.ClientFrame.Join.Request(room, null, 0))));
    assertThat(ann.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.UNKNOWN_ROOM);
  }
}
