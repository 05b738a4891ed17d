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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A log that went back and got the eviction from the store: no entry tells of it. */
  @ParameterizedTest
  @CsvSource({"2, 1", "3, 0"})
  void aRemovalThatWasGivenBackToTheLogReachesWhoIsConnected(int number, int lost)
      throws Exception {
    RoomId room = fixture.room(number);
    TestClient ann = fixture.member(1, room);
    TestClient mallory = fixture.member(2, room);
    ann.join(room);
    mallory.join(room);
    ann.publish(room, 20, "before");
    Position head = ann.await(HubFrame.Ack.class).position();
    mallory.await(HubFrame.Entry.class);
    for (int i = 0; i < lost; i++) {
      ann.publish(room, 21, "lost");
      ann.await(HubFrame.Ack.class);
      mallory.await(HubFrame.Entry.class);
    }
    fixture.log.restore(room, head, new MemberTag(2), 2);
    fixture.log.tellReread(room);
    assertThat(mallory.await(HubFrame.Evicted.class).code()).isEqualTo(ErrorCode.EVICTED);
    ann.publish(room, 22, "not for mallory");
    ann.await(HubFrame.Ack.class);
    mallory.ping();
  }
}
