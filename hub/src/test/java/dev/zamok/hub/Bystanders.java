package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import java.util.concurrent.atomic.AtomicLong;

/** Two members of a room who talk, whatever somebody else does. */
final class Bystanders {
  private static final AtomicLong IDS = new AtomicLong(1_000_000);

  private final RoomId room;
  private final TestClient ann;
  private final TestClient ben;

  Bystanders(HubFixture fixture, RoomId room) throws Exception {
    this.room = room;
    ann = fixture.member(901, room);
    ben = fixture.member(902, room);
    ann.join(room);
    ben.join(room);
  }

  /** What one says reaches the other, and nothing else came before it. */
  void noticeNothing() throws Exception {
    long id = IDS.incrementAndGet();
    String text = "still here " + id;
    ann.publish(room, id, text);
    assertThat(ben.entry().body()).isEqualTo(TestClient.bytes(text));
    // an ACK and the entry, in any order
    HubFrame one = ann.next();
    HubFrame two = ann.next();
    HubFrame entry = one instanceof HubFrame.Ack ? two : one;
    assertThat(one instanceof HubFrame.Ack || two instanceof HubFrame.Ack).isTrue();
    assertThat(((HubFrame.Entry) entry).entry().body()).isEqualTo(TestClient.bytes(text));
    ann.ping();
    ben.ping();
  }
}
