package dev.zamok.authority.room;

import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.Await;
import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.lease.Leases;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that is cut off at any step is brought to its end, here or by the next process. */
class RecoveryTest {
  @TempDir Path directory;
  private RoomBed bed;
  private TestMember owner;
  private TestMember guest;
  private RoomId room;
  private long said;

  @BeforeEach
  void open() {
    bed = new RoomBed(directory);
    owner = bed.town().join("owner");
    guest = bed.town().join("guest");
    RoomLabel label = new RoomLabel(true, "lobby", Bytes.EMPTY);
    room =
        bed.on(() -> bed.rooms().managed().create(owner.principal(), History.FROM_JOIN, label))
            .id();
    bed.on(() -> bed.rooms().managed().join(guest.principal(), room));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Epoch newest() {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  private RoomState state() {
    return bed.on(() -> bed.log().state(room));
  }

  private long rekeys() {
    List<Entry> entries = bed.on(() -> bed.log().read(room, Position.ZERO, 100, 1 << 20)).entries();
    return entries.stream().filter(entry -> entry.kind() == EntryKind.REKEY).count();
  }

  private Throwable removalFails() {
    return failure(
        bed.run(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account())));
  }

  /** By itself; the header is the last that follows. */
  private void awaitSettled(int epochs) {
    bed.until(() -> bed.on(() -> bed.rooms().header(room)).orElseThrow().epoch().n() == epochs);
    assertSettled(epochs);
  }

  private void assertSettled(int epochs) {
    assertThat(newest().state()).isEqualTo(Epoch.State.SETTLED);
    assertThat(newest().n()).isEqualTo(epochs);
    assertThat(state().epoch()).isEqualTo(epochs);
    assertThat(rekeys()).isEqualTo(epochs);
    RoomHeader header = bed.on(() -> bed.rooms().header(room)).orElseThrow();
    assertThat(header.epoch().n()).isEqualTo(epochs);
    assertThat(bed.on(() -> bed.rooms().isBlocked(room))).isFalse();
  }

  @Test
  void crashBetweenPreparedAndAppendedIsFinishedByTheNextStart() {
    bed.log().refuse(EntryKind.REKEY);
    assertThat(failure(bed.run(() -> bed.rooms().desk().rotate(owner.principal(), room, false))))
        .isInstanceOf(Unavailable.class);
    assertThat(newest().state()).isEqualTo(Epoch.State.PREPARED);
    byte[] prepared = newest().rekey().encoded().toByteArray();

    bed.restart();
    assertSettled(3);
    assertThat(newest().rekey().encoded()).isEqualTo(Bytes.wrap(prepared));
  }

  @Test
  void crashBetweenAppendedAndAnnouncedIsFinishedByTheNextStart() {
    bed.log().leaveUnanswered(EntryKind.REKEY);
    assertThat(failure(bed.run(() -> bed.rooms().desk().rotate(owner.principal(), room, false))))
        .isInstanceOf(Unavailable.class);
    assertThat(newest().state()).isEqualTo(Epoch.State.PREPARED);
    assertThat(state().epoch()).isEqualTo(3);

    bed.restart();
    assertSettled(3);
  }

  @Test
  void rekeyThatWasAppendedAndTrimmedSinceIsNotAppendedAgain() {
    bed.log().leaveUnanswered(EntryKind.REKEY);
    failure(bed.run(() -> bed.rooms().desk().rotate(owner.principal(), room, false)));
    Position head = state().head();
    bed.on(() -> bed.log().trim(bed.leases().token(room), room, head, true));

    bed.restart();
    assertThat(newest().state()).isEqualTo(Epoch.State.SETTLED);
    assertThat(newest().n()).isEqualTo(3);
    assertThat(state().epoch()).isEqualTo(3);
  }

  @Test
  void removalWhoseEvictionFailedBlocksTheRoomAndIsFinishedByTheNextStart() {
    Membership before = bed.on(() -> bed.rooms().membership(guest.account(), room)).orElseThrow();
    bed.log().refuse(EntryKind.EVICT);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);

    assertThat(bed.on(() -> bed.rooms().isBlocked(room))).isTrue();
    assertThat(bed.log().broadcasts()).hasSize(1);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isEmpty();
    assertThat(newest().n()).isEqualTo(2);

    bed.restart();
    assertSettled(3);
    assertThat(state().admits(before.tag(), before.version())).isFalse();
  }

  @Test
  void removalWhoseEvictionFailedIsTriedAgainByItself() {
    bed.log().refuse(EntryKind.EVICT);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);
    bed.log().heal();

    bed.pass(RoomConfig.DEFAULT.retryAfter());
    bed.until(() -> !bed.on(() -> bed.rooms().isBlocked(room)) && newest().n() == 3);
    assertSettled(3);
  }

  private Future<Appended> say(int epoch) {
    MemberTag tag = new MemberTag(77);
    MessageId id = new MessageId(77, ++said);
    return bed.run(
        () -> bed.log().append(Append.message(room, tag, 0, epoch, id, Bytes.wrap(new byte[32]))));
  }

  /** Attack: what is said after a removal began must not wait for the eviction to be heard. */
  @Test
  void nothingIsTakenOfMembersWhileARemovalWaitsForTheLog() {
    bed.log().refuse(EntryKind.EVICT);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);
    assertThat(failure(say(2))).isInstanceOf(Unavailable.class);
    bed.restart();
    assertSettled(3);
    Await.await(say(3));
  }

  @Test
  void removalThatTheLogWasNotToldOfFirstIsNotDecided() {
    bed.log().refuse(EntryKind.CLOSE);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();
    Await.await(say(2));

    bed.log().heal();
    bed.pass(RoomConfig.DEFAULT.retryAfter());
    bed.until(() -> newest().n() == 3 && newest().state() == Epoch.State.SETTLED);
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();
    bed.on(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account()));
    assertSettled(4);
  }

  @Test
  void aRoomThatWasHeldForNothingIsOpenedByItself() {
    bed.log().leaveUnanswered(EntryKind.CLOSE);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);
    assertThat(state().isHeld()).isTrue();
    assertThat(failure(say(2))).isInstanceOf(Unavailable.class);

    bed.log().heal();
    bed.pass(RoomConfig.DEFAULT.retryAfter());
    bed.until(() -> !state().isHeld());
    awaitSettled(3);
    Await.await(say(3));
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();
  }

  @Test
  void aMemberWhoLosesARightIsHeldOffToo() {
    bed.log().refuse(EntryKind.EVICT);
    assertThat(
            failure(
                bed.run(
                    () ->
                        bed.rooms()
                            .managed()
                            .put(owner.principal(), room, guest.account(), Role.READER))))
        .isInstanceOf(Unavailable.class);
    assertThat(failure(say(2))).isInstanceOf(Unavailable.class);
    bed.restart();
    assertSettled(3);
    Await.await(say(3));
  }

  @Test
  void removalWhoseResetFailedIsFinishedByTheNextStart() {
    bed.log().refuse(EntryKind.REKEY);
    assertThat(removalFails()).isInstanceOf(Unavailable.class);

    bed.restart();
    assertSettled(3);
    assertThat(newest().rekey().g()).isEqualTo(2);
  }

  @Test
  void afterACrashNoTicketIsGivenUntilSomebodyLooked() {
    bed.log().refuse(EntryKind.EVICT);
    removalFails();
    bed.crash();
    bed.log().refuse(EntryKind.EVICT);
    bed.on(() -> bed.rooms().start());

    assertThat(bed.on(() -> bed.rooms().isBlocked(room))).isTrue();
    bed.log().heal();
    bed.pass(RoomConfig.DEFAULT.retryAfter());
    bed.until(() -> !bed.on(() -> bed.rooms().isBlocked(room)));
    assertSettled(3);
  }

  @Test
  void joinWhoseRekeyFailedIsFinishedByTheNextStart() {
    TestMember late = bed.town().join("late");
    bed.log().refuse(EntryKind.REKEY);
    failure(bed.run(() -> bed.rooms().managed().join(late.principal(), room)));
    assertThat(bed.on(() -> bed.rooms().membership(late.account(), room))).isEmpty();

    bed.restart();
    Membership membership =
        bed.on(() -> bed.rooms().membership(late.account(), room)).orElseThrow();
    assertThat(membership.firstEpoch()).isEqualTo(3);
    assertSettled(3);
  }

  @Test
  void extensionWhoseRekeyFailedIsFinishedByTheNextStart() {
    ChainMaker maker = ChainMaker.begin(owner, History.FULL).add(owner, guest, Role.WRITER);
    Extension made = maker.extension(owner);
    bed.on(
        () -> bed.rooms().sealed().create(owner.principal(), RoomKind.PRIVATE, History.FULL, made));
    room = maker.room();
    maker.remove(owner, guest).generation(owner);
    Extension removal = maker.extension(owner);
    bed.log().refuse(EntryKind.REKEY);
    assertThat(
            failure(bed.run(() -> bed.rooms().sealed().extend(owner.principal(), room, removal))))
        .isInstanceOf(Unavailable.class);

    bed.restart();
    assertSettled(2);
    assertThat(newest().rekey().matches(maker.secret())).isTrue();
    bed.on(() -> bed.rooms().sealed().extend(owner.principal(), room, removal));
    assertSettled(2);
  }

  @Test
  void staleLeaseIsFenced() {
    Rooms old = bed.rooms();
    Leases stale = bed.leases();
    Leases fresh = bed.on(() -> Leases.claim(bed.store(), bed.log()));

    failure(bed.run(() -> old.desk().rotate(owner.principal(), room, true)));
    bed.until(() -> !stale.holds(room));
    assertThat(fresh.holds(room)).isTrue();
    assertThat(state().epoch()).isEqualTo(2);
    assertThat(fresh.token(room)).isGreaterThan(stale.token(room));

    Rooms next = bed.rooms(bed.store(), bed.log(), fresh);
    bed.on(next::start);
    assertSettledBy(next);
  }

  /** What the fenced one prepared is finished by the one in charge. */
  private void assertSettledBy(Rooms next) {
    assertThat(bed.on(() -> next.epochs().newest(room)).orElseThrow().state())
        .isEqualTo(Epoch.State.SETTLED);
    assertThat(state().epoch()).isEqualTo(3);
  }

  @Test
  void restartWithNothingToDoChangesNothing() {
    Epoch before = newest();
    bed.restart();
    bed.pass(Duration.ofMinutes(1));

    assertThat(newest().rekey().hash()).isEqualTo(before.rekey().hash());
    assertSettled(2);
  }
}
