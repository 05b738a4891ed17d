package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedRoomsTest {
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private TestMember guest;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private RoomId channel(History history) {
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    return bed.on(() -> bed.rooms().managed().create(owner.principal(), history, label)).id();
  }

  private Room join(TestMember who, RoomId room) {
    return bed.on(() -> bed.rooms().managed().join(who.principal(), room));
  }

  private Room remove(TestMember by, TestMember who, RoomId room) {
    return bed.on(() -> bed.rooms().managed().remove(by.principal(), room, who.account()));
  }

  private Membership membership(TestMember who, RoomId room) {
    return bed.on(() -> bed.rooms().membership(who.account(), room)).orElseThrow();
  }

  private List<Entry> entries(RoomId room) {
    return bed.on(() -> bed.log().read(room, Position.ZERO, 100, 1 << 20)).entries();
  }

  private Epoch newest(RoomId room) {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  private RoomState state(RoomId room) {
    return bed.on(() -> bed.log().state(room));
  }

  private static void refuses(Future<?> future, Problem problem) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  @Test
  void managedRoomIdIsNeverSealed() {
    for (int i = 0; i < 20; i++) {
      assertThat(channel(History.FULL).trust()).isEqualTo(Trust.MANAGED);
    }
  }

  @Test
  void newChannelHasItsFirstEpochInTheLogAndItsOwnerInside() {
    RoomId room = channel(History.FULL);

    assertThat(state(room).epoch()).isEqualTo(1);
    assertThat(newest(room).rekey().kind()).isEqualTo(RekeyKind.IMMEDIATE_RESET);
    assertThat(membership(owner, room).role()).isEqualTo(Role.OWNER);
    assertThat(membership(owner, room).firstEpoch()).isEqualTo(1);
    RoomHeader header = bed.on(() -> bed.rooms().header(room)).orElseThrow();
    assertThat(header.epoch().rekey()).isEqualTo(newest(room).rekey().hash());
    assertThat(header.label().name()).isEqualTo("lobby");
  }

  @Test
  void newcomerOfARoomWithHistoryFromJoinStartsWithAnEpochOfHisOwn() {
    RoomId room = channel(History.FROM_JOIN);
    join(guest, room);

    Membership membership = membership(guest, room);
    assertThat(membership.firstEpoch()).isEqualTo(2);
    assertThat(newest(room).rekey().kind()).isEqualTo(RekeyKind.RATCHET);
    assertThat(membership.joinedAt()).isEqualTo(newest(room).position());
    assertThat(entries(room).stream().map(Entry::kind))
        .containsExactly(EntryKind.REKEY, EntryKind.MEMBER, EntryKind.REKEY, EntryKind.MEMBER);
  }

  @Test
  void newcomerOfARoomWithFullHistoryMayReadEverything() {
    RoomId room = channel(History.FULL);
    join(guest, room);

    assertThat(membership(guest, room).firstEpoch()).isEqualTo(1);
    assertThat(membership(guest, room).joinedAt()).isEqualTo(Position.ZERO);
    assertThat(newest(room).n()).isEqualTo(1);
  }

  @Test
  void removedMemberIsEvictedBeforeTheResetThatShutsHimOut() {
    RoomId room = channel(History.FULL);
    join(guest, room);
    Membership before = membership(guest, room);
    remove(owner, guest, room);

    List<EntryKind> kinds = entries(room).stream().map(Entry::kind).toList();
    assertThat(kinds.indexOf(EntryKind.EVICT)).isLessThan(kinds.lastIndexOf(EntryKind.REKEY));
    assertThat(state(room).admits(before.tag(), before.version())).isFalse();
    assertThat(newest(room).rekey().kind()).isEqualTo(RekeyKind.IMMEDIATE_RESET);
    assertThat(newest(room).rekey().g()).isEqualTo(2);
    assertThat(state(room).minEpoch()).isEqualTo(newest(room).n());
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isEmpty();
    assertThat(bed.log().broadcasts()).hasSize(1);
  }

  @Test
  void whoComesBackIsAdmittedUnderAHigherVersionAndTheSameTag() {
    RoomId room = channel(History.FROM_JOIN);
    join(guest, room);
    Membership first = membership(guest, room);
    remove(guest, guest, room);
    join(guest, room);

    Membership second = membership(guest, room);
    assertThat(second.tag()).isEqualTo(first.tag());
    assertThat(state(room).admits(second.tag(), second.version())).isTrue();
    assertThat(second.firstEpoch()).isGreaterThan(first.firstEpoch());
  }

  @Test
  void writerWhoBecomesAReaderIsEvictedUntilHeHasATicketThatSaysSo() {
    RoomId room = channel(History.FULL);
    join(guest, room);
    Membership before = membership(guest, room);
    bed.on(() -> bed.rooms().managed().put(owner.principal(), room, guest.account(), Role.READER));

    assertThat(state(room).admits(before.tag(), before.version())).isFalse();
    Membership after = membership(guest, room);
    assertThat(after.role()).isEqualTo(Role.READER);
    assertThat(state(room).admits(after.tag(), after.version())).isTrue();
    assertThat(newest(room).n()).as("the room was held until then").isEqualTo(2);
    assertThat(newest(room).rekey().kind()).isEqualTo(RekeyKind.RATCHET);
  }

  @Test
  void readerCannotRotate() {
    RoomId room = channel(History.FULL);
    bed.on(() -> bed.rooms().managed().put(owner.principal(), room, guest.account(), Role.READER));

    refuses(
        bed.run(() -> bed.rooms().desk().rotate(guest.principal(), room, true)),
        Problem.NOT_PERMITTED);
    assertThat(newest(room).n()).isEqualTo(1);
  }

  @Test
  void writerCannotRemoveAnybodyButHimself() {
    RoomId room = channel(History.FULL);
    join(guest, room);

    refuses(
        bed.run(() -> bed.rooms().managed().remove(guest.principal(), room, owner.account())),
        Problem.NOT_PERMITTED);
    remove(guest, guest, room);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isEmpty();
  }

  @Test
  void adminCannotMakeHimselfOwner() {
    RoomId room = channel(History.FULL);
    bed.on(() -> bed.rooms().managed().put(owner.principal(), room, guest.account(), Role.ADMIN));

    refuses(
        bed.run(
            () -> bed.rooms().managed().put(guest.principal(), room, guest.account(), Role.OWNER)),
        Problem.NOT_PERMITTED);
  }

  @Test
  void lastAdminCannotLeaveOthersBehind() {
    RoomId room = channel(History.FULL);
    join(guest, room);

    refuses(
        bed.run(() -> bed.rooms().managed().remove(owner.principal(), room, owner.account())),
        Problem.ROOM_STATE);
  }

  @Test
  void strangerDoesNotLearnThatARoomExists() {
    RoomLabel label = new RoomLabel(false, "council", Bytes.EMPTY);
    RoomId room =
        bed.on(() -> bed.rooms().managed().create(owner.principal(), History.FULL, label)).id();

    refuses(bed.run(() -> bed.rooms().managed().join(guest.principal(), room)), Problem.NOT_FOUND);
    refuses(bed.run(() -> bed.rooms().desk().seen(guest.account(), room)), Problem.NOT_FOUND);
    refuses(bed.run(() -> bed.rooms().desk().members(guest.account(), room)), Problem.NOT_FOUND);
    assertThat(bed.on(() -> bed.rooms().desk().channels(null))).isEmpty();
  }

  @Test
  void formerMembersAreListedSinceTheyWroteEntries() {
    RoomId room = channel(History.FULL);
    join(guest, room);
    remove(owner, guest, room);

    List<RoomDesk.Listed> listed = bed.on(() -> bed.rooms().desk().members(owner.account(), room));
    assertThat(listed).hasSize(2);
    assertThat(listed)
        .filteredOn(l -> l.member().account().equals(guest.account()))
        .allSatisfy(l -> assertThat(l.member().present()).isFalse());
  }

  @Test
  void openChannelsAreListed() {
    RoomId room = channel(History.FULL);

    assertThat(bed.on(() -> bed.rooms().desk().channels(null)))
        .containsExactly(new RoomDesk.Channel(room, "lobby"));
    assertThat(bed.on(() -> bed.rooms().desk().channels(room))).isEmpty();
  }

  @Test
  void roomWithoutHistoryKeepsOnlyItsNewestShare() {
    RoomId room = channel(History.NONE);
    bed.on(() -> bed.rooms().desk().rotate(owner.principal(), room, false));
    bed.on(() -> bed.rooms().desk().rotate(owner.principal(), room, true));

    List<Epoch> kept = bed.on(() -> bed.rooms().epochs().range(room, 1, 100));
    assertThat(kept.stream().map(Epoch::n)).containsExactly(3);
  }

  @Test
  void roomWithHistoryKeepsTheSharesOfResetsAndTheNewest() {
    RoomId room = channel(History.FULL);
    bed.on(() -> bed.rooms().desk().rotate(owner.principal(), room, false));
    bed.on(() -> bed.rooms().desk().rotate(owner.principal(), room, true));
    bed.on(() -> bed.rooms().desk().rotate(owner.principal(), room, false));

    List<Epoch> kept = bed.on(() -> bed.rooms().epochs().range(room, 1, 100));
    assertThat(kept.stream().filter(e -> e.share() != null).map(Epoch::n)).containsExactly(1, 3, 4);
    for (int i = 1; i < kept.size(); i++) {
      kept.get(i).rekey().requireFollows(kept.get(i - 1).rekey());
    }
  }
}
