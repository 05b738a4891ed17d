package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Notice;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Removed members and revoked sessions, whose tickets are still valid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvictionTest {
  private final HubFixture fixture = new HubFixture();

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private void evict(RoomId room, int tag, int below, int id) {
    fixture.log.appendNow(
        Append.evict(room, 0, new MemberTag(tag), below, 0, MemoryRoomLog.id(id)));
  }

  @Test
  void anEvictedMemberIsOutAtOnceAndCannotComeBackOrPublish() throws Exception {
    RoomId room = fixture.room(1);
    TestClient ann = fixture.member(1, room);
    TestClient mallory = fixture.member(2, room);
    ann.join(room);
    mallory.join(room);
    evict(room, 2, 2, 1);
    HubFrame.Evicted evicted = mallory.expect(HubFrame.Evicted.class);
    assertThat(evicted.room()).isEqualTo(room);
    assertThat(evicted.code()).isEqualTo(ErrorCode.EVICTED);
    assertThat(ann.entry().kind()).isEqualTo(EntryKind.EVICT);

    mallory.publish(room, 10, "let me in");
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.NOT_JOINED);
    mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.EVICTED);
    try (TestClient again = fixture.member(2, room)) {
      again.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
      assertThat(again.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.EVICTED);
    }
    ann.publish(room, 11, "he is gone");
    ann.await(HubFrame.Ack.class);
    mallory.ping();
  }

  @Test
  void aMemberWhoWasTakenBackIsAdmittedByHisNewTicketOnly() throws Exception {
    RoomId room = fixture.room(2);
    evict(room, 3, 7, 2);
    try (TestClient old = fixture.member(3, room)) {
      old.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
      assertThat(old.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.EVICTED);
    }
    String ticket =
        fixture.tickets.sign(3, List.of(TestTickets.grant(room, 3, TestTickets.TALK, 7)));
    try (TestClient back = TestClient.admitted(fixture.hub.port(), ticket)) {
      back.join(room);
      evict(room, 3, 8, 3);
      back.expect(HubFrame.Evicted.class);
    }
  }

  @Test
  void aNoticeEvictsWhileTheEntryStillWaits() throws Exception {
    RoomId room = fixture.room(3);
    TestClient ann = fixture.member(4, room);
    TestClient mallory = fixture.member(5, room);
    ann.join(room);
    mallory.join(room);
    fixture.log.broadcast(new Notice.Evict(room, new MemberTag(5), 2));
    mallory.expect(HubFrame.Evicted.class);
    mallory.send(new ClientFrame.Join(List.of(new ClientFrame.Join.Request(room, null, 0))));
    assertThat(mallory.expect(HubFrame.Reject.class).code()).isEqualTo(ErrorCode.EVICTED);
    ann.ping();
  }

  @Test
  void aRevokedSessionLosesAllItsConnectionsAndItsTicket() throws Exception {
    RoomId room = fixture.room(4);
    TestClient ann = fixture.member(6, room);
    TestClient phone = fixture.member(7, room);
    TestClient laptop = fixture.member(7, room);
    ann.join(room);
    phone.join(room);
    laptop.join(room);
    fixture.log.broadcast(new Notice.Revoke(new SessionId(9, 7)));
    assertThat(phone.closeCode()).isEqualTo(4502);
    assertThat(laptop.closeCode()).isEqualTo(4502);
    TestClient again = fixture.connect();
    again.send(new ClientFrame.Hello(fixture.tickets.sign(7, room)));
    assertThat(again.closeCode()).isEqualTo(4502);
    ann.ping();
  }
}
