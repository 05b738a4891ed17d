package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.authority.FaultyLog;
import dev.zamok.authority.TestMember;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.lease.Leases;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that knows rooms, and a log that lost them. */
class RoomRestorerTest {
  private static final RoomId NEVER = new RoomId(1L << 56, 1);
  private static final RoomId MADE = new RoomId(1L << 56, 2);
  private static final int ROOMS = 12;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RoomBed bed;
  private Database emptied;
  private LocalRoomLog truth;
  private FaultyLog log;
  private TestMember owner;
  private final List<RoomId> rooms = new ArrayList<>();

  @BeforeEach
  void open() {
    bed = new RoomBed(directory.resolve("store"));
    owner = bed.town().join("ada");
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(
          bed.on(
                  () ->
                      bed.rooms()
                          .managed()
                          .create(
                              owner.principal(),
                              History.FULL,
                              new RoomLabel(false, "r", Bytes.EMPTY)))
              .id());
    }
    emptied = await(Database.open(vertx, Database.Options.in(directory.resolve("emptied"))));
    truth = await(LocalRoomLog.open(vertx, emptied, bed.clock()));
    log = new FaultyLog(truth);
  }

  @AfterEach
  void close() {
    await(truth.close());
    await(emptied.close());
    bed.close();
    await(vertx.close());
  }

  private Leases claim() {
    return bed.on(() -> Leases.claim(bed.store(), log));
  }

  private RoomRestorer restorer(Leases leases) {
    return new RoomRestorer(bed.store(), log, leases, new Archive(bed.store())::last);
  }

  private long known() {
    return rooms.stream().filter(room -> failure(truth.state(room)) == null).count();
  }

  private static @Nullable Throwable failure(Future<?> future) {
    return catchThrowable(() -> await(future));
  }

  private void assertWhole() {
    assertThat(known()).isEqualTo(ROOMS);
    assertThat(failure(truth.state(NEVER)))
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ROOM));
  }

  private void assertUnfinished() {
    for (RoomId room : rooms) {
      Throwable failure = failure(truth.state(room));
      if (failure != null) {
        assertThat(failure).isInstanceOf(Unavailable.class);
      }
    }
    assertThat(failure(truth.state(NEVER))).isInstanceOf(Unavailable.class);
  }

  /** Fault: the partition is no longer empty, so the next one took it for restored. */
  @Test
  void crashInTheMiddleOfARestoreIsFinishedByTheNextLease() {
    log.stopRestoringAfter(ROOMS / 2);
    RoomRestorer first = restorer(claim());
    assertThat(catchThrowable(() -> bed.on(() -> first.gained(0)))).isInstanceOf(Unavailable.class);
    bed.until(() -> known() == ROOMS / 2);
    assertUnfinished();

    log.heal();
    RoomRestorer next = restorer(claim());
    bed.on(() -> next.gained(0));
    assertWhole();
  }

  @Test
  void aRoomMadeBeforeTheRestoreDoesNotHideTheOthers() {
    Leases leases = claim();
    Append first = Append.rekey(MADE, 1, 1, leases.token(0), new MessageId(1, 1), Bytes.EMPTY);
    await(truth.append(first));
    assertUnfinished();
    bed.on(() -> restorer(leases).gained(0));
    assertWhole();
    assertThat(await(truth.state(MADE)).epoch()).isEqualTo(1);
  }

  /** Attack: an authority that was stopped goes on after others took over. */
  @Test
  void anAuthorityWhoseLeaseIsGoneRestoresNothingMoreAndEndsNothing() {
    Promise<Void> go = Promise.promise();
    log.holdRestores(go.future());
    RoomRestorer slow = restorer(claim());
    Future<Void> slowly = bed.run(() -> slow.gained(0));
    bed.until(() -> log.restoresAsked() == ROOMS);
    log.stopRestoringAfter(0);
    Leases leases = claim();
    assertThat(catchThrowable(() -> bed.on(() -> restorer(leases).gained(0))))
        .isInstanceOf(Unavailable.class);
    go.complete();
    assertThat(failure(slowly))
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
    assertUnfinished();
    assertThat(known()).isZero();

    log.heal();
    bed.on(() -> restorer(leases).gained(0));
    assertWhole();
  }

  @Test
  void twoWhoRestoreAtOnceLeaveAWholeLog() {
    RoomRestorer one = restorer(claim());
    Future<Void> first = bed.run(() -> one.gained(0));
    RoomRestorer other = restorer(claim());
    Future<Void> second = bed.run(() -> other.gained(0));
    failure(first);
    assertThat(failure(second)).isNull();
    assertWhole();
  }

  /** Attack: the log is lost while it holds a room, and whoever is to be out hears what follows. */
  @Test
  void aRoomThatWasHeldComesBackHeld() {
    bed.log().refuse(EntryKind.EVICT);
    RoomId room = rooms.get(0);
    TestMember guest = bed.town().join("guest");
    bed.on(() -> bed.rooms().managed().put(owner.principal(), room, guest.account(), Role.WRITER));
    failure(bed.run(() -> bed.rooms().managed().remove(owner.principal(), room, guest.account())));
    Leases leases = claim();
    bed.on(() -> restorer(leases).gained(0));
    assertThat(await(truth.state(room)).isHeld()).isTrue();
    assertThat(await(truth.state(rooms.get(1))).isHeld()).isFalse();
  }

  @Test
  void aLogThatLostNothingIsLeftAlone() {
    Leases leases = claim();
    bed.on(() -> restorer(leases).gained(0));
    log.stopRestoringAfter(0);
    bed.on(() -> restorer(leases).gained(0));
    assertWhole();
  }
}
