package dev.zamok.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import dev.zamok.roomlog.Append;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Coming back to a room, and publishing again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
  private final HubFixture fixture = new HubFixture();
  private int rooms;

  @AfterAll
  void end() throws Exception {
    fixture.close();
  }

  private RoomId newRoom(int entries) {
    RoomId room = fixture.room(++rooms);
    for (int i = 1; i <= entries; i++) {
      append(room, i);
    }
    return room;
  }

  private Position append(RoomId room, int number) {
    return fixture
        .log
        .appendNow(
            Append.message(
                room,
                dev.zamok.protocol.MemberTag.NONE,
                0,
                0,
                MemoryRoomLog.id(number),
                TestClient.bytes("entry " + number)))
        .position();
  }

  private static void expectEntries(TestClient client, int from, int to) throws Exception {
    Position previous = null;
    for (int i = from; i <= to; i++) {
      Entry entry = client.entry();
      assertThat(entry.body()).isEqualTo(TestClient.bytes("entry " + i));
      if (previous != null) {
        assertThat(entry.previous()).isEqualTo(previous);
      }
      previous = entry.position();
    }
  }

  @Test
  void aJoinWithoutResumeStartsAtTheHead() throws Exception {
    RoomId room = newRoom(3);
    TestClient ann = fixture.member(1, room);
    HubFrame.Joined joined = ann.join(room);
    assertThat(joined.recovery()).isEqualTo(Recovery.INCOMPLETE);
    assertThat(joined.head()).isEqualTo(fixture.log.entries(room).get(2).position());
    append(room, 4);
    expectEntries(ann, 4, 4);
  }

  @Test
  void aResumeBringsEverythingMissedThenWhatIsLive() throws Exception {
    RoomId room = newRoom(700);
    Position seen = fixture.log.entries(room).get(9).position();
    TestClient ann = fixture.member(1, room);
    HubFrame.Joined joined = ann.join(room, seen, 0);
    assertThat(joined.recovery()).isEqualTo(Recovery.COMPLETE);
    append(room, 701);
    expectEntries(ann, 11, 701);
    append(room, 702);
    expectEntries(ann, 702, 702);
    ann.ping();
  }

  @Test
  void aResumeFromTheHeadIsCompleteAndBringsNothing() throws Exception {
    RoomId room = newRoom(3);
    TestClient ann = fixture.member(1, room);
    Position head = fixture.log.entries(room).get(2).position();
    assertThat(ann.join(room, head, 0).recovery()).isEqualTo(Recovery.COMPLETE);
    ann.ping();
  }

  @Test
  void aResumeFromTheBeginningOfAnUntrimmedRoomIsComplete() throws Exception {
    RoomId room = newRoom(3);
    TestClient ann = fixture.member(1, room);
    assertThat(ann.join(room, Position.ZERO, 0).recovery()).isEqualTo(Recovery.COMPLETE);
    expectEntries(ann, 1, 3);
  }

  @Test
  void aResumeFromBeforeTheFloorIsNeverCalledComplete() throws Exception {
    RoomId room = newRoom(10);
    List<Entry> all = fixture.log.entries(room);
    fixture.log.forget(room, all.get(4).position());
    TestClient ann = fixture.member(1, room);
    assertThat(ann.join(room, all.get(2).position(), 0).recovery()).isEqualTo(Recovery.INCOMPLETE);
    expectEntries(ann, 6, 10);
    ann.ping();
  }

  @Test
  void aResumeFromBeyondTheHeadIsLost() throws Exception {
    RoomId room = newRoom(3);
    TestClient ann = fixture.member(1, room);
    HubFrame.Joined joined = ann.join(room, Position.of(9, 99), 0);
    assertThat(joined.recovery()).isEqualTo(Recovery.LOST);
    append(room, 4);
    expectEntries(ann, 4, 4);
  }

  @Test
  void joiningAgainRepairsFromWhereTheClientSays() throws Exception {
    RoomId room = newRoom(5);
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    Position second = fixture.log.entries(room).get(1).position();
    HubFrame.Joined joined = ann.join(room, second, 0);
    assertThat(joined.recovery()).isEqualTo(Recovery.COMPLETE);
    assertThat(joined.present()).isEqualTo(1);
    expectEntries(ann, 3, 5);
    append(room, 6);
    expectEntries(ann, 6, 6);
    ann.ping();
  }

  @Test
  void joinedBringsTheRekeysSinceTheEpochKnown() throws Exception {
    RoomId room = TestTickets.room(++rooms);
    for (int epoch = 1; epoch <= 3; epoch++) {
      Bytes rekey = TestClient.bytes("rekey " + epoch);
      fixture.log.appendNow(
          Append.rekey(room, epoch, epoch, 0, MemoryRoomLog.id(900 + epoch), rekey));
    }
    TestClient ann = fixture.member(1, room);
    HubFrame.Joined joined = ann.join(room, null, 1);
    assertThat(joined.epoch()).isEqualTo(3);
    assertThat(joined.rekeys())
        .containsExactly(TestClient.bytes("rekey 2"), TestClient.bytes("rekey 3"));
    assertThat(ann.join(room, null, 3).rekeys()).isEmpty();
    fixture.log.appendNow(
        Append.rekey(room, 4, 4, 0, MemoryRoomLog.id(904), TestClient.bytes("rekey 4")));
    assertThat(ann.entry().epoch()).isEqualTo(4);
    joined = ann.join(room, null, 3);
    assertThat(joined.epoch()).isEqualTo(4);
    assertThat(joined.rekeys()).containsExactly(TestClient.bytes("rekey 4"));
  }

  @Test
  void publishingAgainUnderTheSameIdGivesTheSamePositionAndOneEntry() throws Exception {
    RoomId room = newRoom(0);
    TestClient ann = fixture.member(1, room);
    TestClient ben = fixture.member(2, room);
    ann.join(room);
    ben.join(room);
    ann.publish(room, 1, "once");
    Position first = ann.await(HubFrame.Ack.class).position();
    ann.publish(room, 1, "once");
    assertThat(ann.await(HubFrame.Ack.class).position()).isEqualTo(first);
    assertThat(ben.entry().position()).isEqualTo(first);
    ben.ping();
  }

  @Test
  void entriesTheHubWasNotToldOfAreReadWhenTheNextOneShowsTheHole() throws Exception {
    RoomId room = newRoom(1);
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    for (int i = 2; i <= 4; i++) {
      fixture.log.appendSilently(
          Append.message(
              room,
              dev.zamok.protocol.MemberTag.NONE,
              0,
              0,
              MemoryRoomLog.id(i),
              TestClient.bytes("entry " + i)));
    }
    append(room, 5);
    expectEntries(ann, 2, 5);
    fixture.log.appendSilently(
        Append.message(
            room,
            dev.zamok.protocol.MemberTag.NONE,
            0,
            0,
            MemoryRoomLog.id(6),
            TestClient.bytes("entry 6")));
    fixture.log.tellReread(room);
    expectEntries(ann, 6, 6);
    ann.ping();
  }

  @Test
  void entriesThatAreGoneFromTheLogAreToldAsAGap() throws Exception {
    RoomId room = newRoom(1);
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    Position from = fixture.log.entries(room).get(0).position();
    Position to = from;
    for (int i = 2; i <= 4; i++) {
      to =
          fixture.log.appendSilently(
              Append.message(
                  room,
                  dev.zamok.protocol.MemberTag.NONE,
                  0,
                  0,
                  MemoryRoomLog.id(i),
                  TestClient.bytes("entry " + i)));
    }
    fixture.log.forget(room, to);
    append(room, 5);
    assertThat(ann.expect(HubFrame.Gap.class)).isEqualTo(new HubFrame.Gap(room, from, to));
    expectEntries(ann, 5, 5);
  }

  @Test
  void whoLeftGetsNothingMoreAndTheRoomIsClosedBehindTheLast() throws Exception {
    RoomId room = newRoom(1);
    TestClient ann = fixture.member(1, room);
    ann.join(room);
    long followed = fixture.log.followers();
    ann.send(new ClientFrame.Leave(room));
    HubFixture.until(() -> fixture.log.followers() == followed - 1);
    append(room, 2);
    ann.ping();
  }
}
