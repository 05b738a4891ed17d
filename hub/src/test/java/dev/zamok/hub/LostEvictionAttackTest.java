package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.roomlog.Append;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The eviction was not pushed, and when the hub reads it is gone from the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostEvictionAttackTest {
  private final HubFixture fixture = new HubFixture();

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  @Test
  void aRemovedMemberHearsNothingThatComesAfterTheGap() throws Exception {
    RoomId room = fixture.room(1);
    TestClient ann = fixture.member(1, room);
    TestClient mallory = fixture.member(2, room);
    ann.join(room);
    mallory.join(room);
    Position out =
        fixture.log.appendSilently(
            Append.evict(room, 0, new MemberTag(2), 2, 0, MemoryRoomLog.id(1)));
    fixture.log.forget(room, out);

    ann.publish(room, 10, "not for mallory");
    HubFrame.Evicted evicted = mallory.expect(HubFrame.Evicted.class);
    assertThat(evicted.code()).isEqualTo(ErrorCode.EVICTED);
    ann.await(HubFrame.Ack.class);
    mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.EVICTED);
    mallory.ping();
  }
}
