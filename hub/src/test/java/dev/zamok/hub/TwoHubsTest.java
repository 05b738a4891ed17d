package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.ticket.Right;
import dev.zamok.roomlog.Notice;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hubs on one log know of each other. */
class TwoHubsTest {
  private final HubFixture fixture = new HubFixture();

  @AfterEach
  void end() throws Exception {
    fixture.close();
  }

  @Test
  void whoIsAtAnotherHubIsPresent() throws Exception {
    Hub other = fixture.another(config -> config, fixture.log);
    RoomId room = fixture.room(1);
    String ticket =
        fixture.tickets.sign(1, List.of(TestTickets.grant(room, 1, EnumSet.allOf(Right.class), 1)));
    try (TestClient ann = TestClient.admitted(fixture.hub.port(), ticket);
        TestClient ben = TestClient.admitted(other.port(), fixture.tickets.sign(2, room))) {
      ann.join(room);
      ben.join(room);
      HubFrame.Presence presence = ann.await(HubFrame.Presence.class);
      while (presence.count() < 2) {
        presence = ann.await(HubFrame.Presence.class);
      }
      assertThat(presence.tags()).containsExactlyInAnyOrder(new MemberTag(1), new MemberTag(2));
      // its end takes him with it, and no time-out is needed
      HubFixture.await(other.close());
      while (presence.count() > 1) {
        presence = ann.await(HubFrame.Presence.class);
      }
      assertThat(presence.tags()).containsExactly(new MemberTag(1));
    }
  }

  @Test
  void aRevokedSessionTriesAHubThatWasNotThereWhenItWasRevoked() throws Exception {
    RoomId room = fixture.room(1);
    TestClient mallory = fixture.member(7, room);
    fixture.log.broadcast(new Notice.Revoke(new SessionId(9, 7)));
    assertThat(mallory.closeCode()).isEqualTo(4502);
    Hub started = fixture.another(config -> config, fixture.log);
    try (TestClient again = new TestClient(started.port())) {
      again.send(new ClientFrame.Hello(fixture.tickets.sign(7, room)));
      assertThat(again.closeCode()).isEqualTo(4502);
    }
    HubFixture.await(started.close());
  }
}
