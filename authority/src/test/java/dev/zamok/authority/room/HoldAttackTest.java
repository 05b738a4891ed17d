package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static dev.zamok.authority.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestMember;
import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room is held for as long as somebody could hear what he must not, and no longer. */
class HoldAttackTest {
  @TempDir Path directory;
  private Database rows;
  private RefusingStore store;
  private RoomBed bed;
  private TestMember owner;
  private TestMember guest;
  private RoomId room;
  private long said;

  @BeforeEach
  void open() {
    bed =
        new RoomBed(
            directory.resolve("log"),
            (vertx, clock) ->
                Database.open(vertx, Database.Options.in(directory.resolve("rows")))
                    .compose(
                        database -> {
                          rows = database;
                          return LocalStore.open(vertx, database, clock);
                        })
                    .map(opened -> store = new RefusingStore(opened)));
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
    bed.on(() -> rows.close());
    bed.close();
  }

  private RoomState state() {
    return bed.on(() -> bed.log().state(room));
  }

  private Epoch newest() {
    return bed.on(() -> bed.rooms().epochs().newest(room)).orElseThrow();
  }

  private boolean isBlocked() {
    return bed.on(() -> bed.rooms().isBlocked(room));
  }

  private Future<Appended> say(int epoch) {
    MessageId id = new MessageId(8, ++said);
    return bed.run(
        () -> bed.log().append(Append.message(room, new MemberTag(8), 0, epoch, id, Bytes.EMPTY)));
  }

  private void awaitEpoch(int n) {
    bed.until(() -> newest().n() == n && newest().state() == Epoch.State.SETTLED);
    assertThat(state().epoch()).isEqualTo(n);
    assertThat(state().isHeld()).isFalse();
  }

  /** Attack: a stolen device has the keys, and its owner's revocation waits for the log. */
  @Test
  void whoHasARevokedDeviceHearsNothingWhileTheResetWaitsForTheLog() {
    bed.log().refuse(EntryKind.REKEY);
    assertThat(failure(bed.run(() -> bed.rooms().reset(room)))).isInstanceOf(Unavailable.class);
    assertThat(state().isHeld()).isTrue();
    assertThat(failure(say(2))).isInstanceOf(Unavailable.class);

    bed.log().heal();
    bed.pass(RoomConfig.DEFAULT.retryAfter());
    awaitEpoch(3);
    assertThat(newest().rekey().kind().isReset()).isTrue();
    await(say(3));
  }

  /** The same when the log could not even be told to hold the room. */
  @Test
  void whoHasARevokedDeviceGetsNoTicketWhileTheLogIsOut() {
    bed.log().refuse(EntryKind.CLOSE);
    assertThat(failure(bed.run(() -> bed.rooms().reset(room)))).isInstanceOf(Unavailable.class);
    assertThat(isBlocked()).isTrue();

    bed.log().heal();
    bed.pass(RoomConfig.DEFAULT.retryAfter());
    awaitEpoch(3);
    bed.until(() -> !isBlocked());
    assertThat(newest().rekey().kind().isReset()).isTrue();
  }

  @Test
  void aResetThatDiedInTheMiddleIsFinishedByTheNextStart() {
    bed.log().refuse(EntryKind.REKEY);
    failure(bed.run(() -> bed.rooms().reset(room)));
    Database old = rows;
    bed.on(old::close);
    bed.restart();
    awaitEpoch(3);
    assertThat(newest().rekey().kind().isReset()).isTrue();
  }

  /** Fault: members would wait for the next sweep to be heard again. */
  @Test
  void aRemovalThatTheStoreRefusesAfterTheHoldLetsTheRoomGoAtOnce() {
    bed.log()
        .before(
            append -> {
              if (append.kind() == EntryKind.CLOSE) {
                store.refuses(true);
              }
            });
    assertThat(
            failure(
                bed.run(
                    () -> bed.rooms().managed().remove(owner.principal(), room, guest.account()))))
        .isInstanceOf(Unavailable.class);
    assertThat(state().isHeld()).isTrue();
    bed.log().before(append -> {});
    store.refuses(false);

    bed.pass(Duration.ZERO);
    awaitEpoch(3);
    await(say(3));
    assertThat(bed.on(() -> bed.rooms().membership(guest.account(), room))).isPresent();
  }
}
