package dev.zamok.roomlog;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.BORIS;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms that the log lost, and floors. */
abstract class RestoreContract {
  private static final RoomId ROOM = room(1);
  private static final Position HEAD = Position.of(900, 5_000);

  private final Supplier<LogDriver> source;
  private LogDriver d;
  private RoomId other;
  private int partition;

  RestoreContract(Supplier<LogDriver> source) {
    this.source = source;
  }

  @BeforeEach
  void takeDriver() {
    d = source.get();
    other = d.neighbour(ROOM);
    partition = d.log.partitionOf(ROOM);
  }

  private RestoredRoom restored(RoomId room) {
    Position at = Position.of(900, 4_000);
    Entry rekey =
        new Entry(
            room, at, Position.ZERO, 1, EntryKind.REKEY, MemberTag.NONE, 7, d.newId(), text("R7"));
    return new RestoredRoom(room, HEAD, 7, 6, HEAD, rekey, Map.of(ANNA, 5));
  }

  private void floor(Position floor) {
    await(d.log.claim(partition, TOKEN, floor));
  }

  @Test
  void positionsAreGivenAboveTheFloorThatWasClaimed() {
    d.create(ROOM);
    floor(HEAD);
    d.nothingLost(partition);
    Position first = d.say(ROOM, "after the floor");
    assertThat(first).isGreaterThan(HEAD);
    floor(Position.of(1, 1));
    assertThat(d.say(ROOM, "an old floor changes nothing")).isGreaterThan(first);
  }

  @Test
  void aRestoredRoomGoesOnWhereTheStoreEnds() {
    floor(HEAD);
    assertThat(await(d.log.restore(TOKEN, restored(ROOM)))).isTrue();
    assertThat(d.state(ROOM)).isEqualTo(new RoomState(HEAD, 7, 6, HEAD, HEAD, Map.of(ANNA, 5)));
    assertThat(texts(await(d.log.rekeys(ROOM, 3, 10)))).containsExactly("R7");
    assertThat(await(d.log.rekeys(ROOM, 7, 10))).isEmpty();

    Page before = d.read(ROOM, Position.ZERO);
    assertThat(before.complete()).isFalse();
    assertThat(before.entries()).isEmpty();
    assertThat(d.read(ROOM, HEAD).complete()).isTrue();

    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 7, "out")));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, BORIS, 0, 5, "old")));
    d.append(d.message(ROOM, BORIS, 0, 6, "next"));
    d.rekey(ROOM, 8, 8);
    Page page = d.read(ROOM, HEAD);
    assertThat(page.complete()).isTrue();
    assertThat(texts(page.entries())).containsExactly("next", "R8");
    assertThat(page.entries().get(0).previous()).isEqualTo(HEAD);
    assertThat(texts(await(d.log.rekeys(ROOM, 7, 10)))).containsExactly("R8");
    assertThat(texts(await(d.log.rekeys(ROOM, 6, 10)))).as("R7 is no entry").containsExactly("R8");
  }

  @Test
  void aHeldRoomIsRestoredHeld() {
    floor(HEAD);
    await(d.log.restore(TOKEN, new RestoredRoom(ROOM, HEAD, 3, 4, HEAD, null, Map.of())));
    assertThat(d.state(ROOM).isHeld()).isTrue();
    unavailable(d.log.append(d.message(ROOM, BORIS, 0, 3, "next")));
    d.rekey(ROOM, 4, 4);
    d.append(d.message(ROOM, BORIS, 0, 4, "next"));
  }

  @Test
  void aRoomWithoutARekeyIsRestoredToo() {
    floor(HEAD);
    await(d.log.restore(TOKEN, new RestoredRoom(ROOM, HEAD, 3, 3, HEAD, null, Map.of())));
    assertThat(await(d.log.rekeys(ROOM, 0, 10))).isEmpty();
    d.append(d.message(ROOM, BORIS, 0, 3, "next"));
  }

  /** Attack: what the store shows must not replace what the log knows better. */
  @Test
  void whatTheLogKnowsBetterStays() {
    Position first = d.create(ROOM);
    d.append(Append.evict(ROOM, 1, ANNA, 9, TOKEN, d.newId()));
    d.rekey(ROOM, 2, 2);
    d.append(d.message(ROOM, BORIS, 0, 2, "last"));
    RoomState state = d.state(ROOM);
    RestoredRoom old = new RestoredRoom(ROOM, first, 1, 1, Position.ZERO, null, Map.of(ANNA, 5));
    assertThat(await(d.log.restore(TOKEN, old))).isFalse();
    assertThat(d.state(ROOM)).isEqualTo(state);
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).containsExactly("R1", "R2");
    assertThat(d.read(ROOM, first).complete()).isTrue();
    assertThat(await(d.log.restore(TOKEN, restored(other)))).isTrue();
    assertThat(await(d.log.restore(TOKEN, restored(other)))).as("again").isFalse();
  }

  /** Attack: a removed member talks in a room whose log lost his eviction. */
  @Test
  void aRoomThatMayBeOlderThanTheStoreTakesAndTellsNothing() {
    d.create(ROOM);
    Append known = d.message(ROOM, "known");
    d.append(known);
    floor(HEAD);
    unavailable(d.log.state(ROOM));
    unavailable(d.log.append(d.message(ROOM, "m")));
    unavailable(d.log.append(known));
    unavailable(d.log.append(Append.rekey(ROOM, 2, 2, TOKEN, d.newId(), text("R2"))));
    unavailable(d.log.read(ROOM, Position.ZERO, 10, 1_000));
    unavailable(d.log.rekeys(ROOM, 0, 10));
    unavailable(d.log.archived(TOKEN, ROOM, Position.ZERO));
    unavailable(d.log.trim(TOKEN, ROOM, Position.ZERO, true));
    unavailable(d.log.openRoom(ROOM, 0));
    d.nothingLost(partition);
    assertThat(d.append(known).duplicate()).isTrue();
  }

  /** Fault: the log went back to before a rekey, an eviction and some messages. */
  @Test
  void anOlderRoomIsBroughtForwardToWhatTheStoreKnows() {
    d.create(ROOM);
    Position last = d.say(ROOM, "the last one that is left");
    floor(HEAD);
    assertThat(await(d.log.restore(TOKEN, restored(ROOM)))).isTrue();
    assertThat(d.state(ROOM)).isEqualTo(new RoomState(HEAD, 7, 6, HEAD, HEAD, Map.of(ANNA, 5)));
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).as("2 to 6 are gone").containsExactly("R7");
    assertThat(d.read(ROOM, last).complete()).as("what was after it is lost").isFalse();
    assertThat(d.read(ROOM, HEAD).complete()).isTrue();

    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 7, "out")));
    refused(ErrorCode.STALE_EPOCH, d.log.append(d.message(ROOM, BORIS, 0, 1, "old")));
    d.append(d.message(ROOM, BORIS, 0, 7, "next"));
    Page page = d.read(ROOM, HEAD);
    assertThat(page.complete()).isTrue();
    assertThat(page.entries().get(0).previous()).isEqualTo(HEAD);
    d.rekey(ROOM, 8, 8);
    assertThat(texts(await(d.log.rekeys(ROOM, 6, 10)))).containsExactly("R8");
    assertThat(await(d.log.restore(TOKEN, restored(ROOM)))).as("again").isFalse();
  }

  @Test
  void anOldLeaseRestoresNothing() {
    await(d.log.claim(partition, TOKEN + 1));
    refused(ErrorCode.FENCED, d.log.restore(TOKEN, restored(ROOM)));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.state(ROOM));
  }

  /** Fault: entries were stored after the floor was noted. */
  @Test
  void positionsAreGivenAboveTheHeadsOfRestoredRooms() {
    d.create(other);
    await(d.log.restore(TOKEN, restored(ROOM)));
    assertThat(d.say(other, "another room")).isGreaterThan(HEAD);
    assertThat(d.append(d.message(ROOM, BORIS, 0, 7, "the room")).position()).isGreaterThan(HEAD);
  }

  @Test
  void whileALogIsRestoredUnknownRoomsAreNotSaidToBeUnknown() {
    floor(HEAD);
    assertThat(await(d.log.restoring(partition))).isPositive();
    unavailable(d.log.state(ROOM));
    unavailable(d.log.append(d.message(ROOM, "m")));
    unavailable(d.log.read(ROOM, Position.ZERO, 10, 1_000));
    unavailable(d.log.rekeys(ROOM, 0, 10));
    unavailable(d.log.archived(TOKEN, ROOM, HEAD));
    unavailable(d.log.trim(TOKEN, ROOM, HEAD, true));
    unavailable(d.log.openRoom(ROOM, 0));
    await(d.log.restored(partition, TOKEN, await(d.log.restoring(partition))));
    assertThat(await(d.log.restoring(partition))).isZero();
    refused(ErrorCode.UNKNOWN_ROOM, d.log.state(ROOM));
    refused(ErrorCode.UNKNOWN_ROOM, d.log.append(d.message(ROOM, "m")));
  }

  private static void unavailable(Future<?> future) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
  }

  /** Fault: a room that was made meanwhile made the partition look restored. */
  @Test
  void aRoomThatIsMadeMeanwhileDoesNotEndTheRestore() {
    floor(HEAD);
    d.create(other);
    d.say(other, "works");
    assertThat(await(d.log.restoring(partition))).isPositive();
    unavailable(d.log.state(ROOM));
    assertThat(await(d.log.restore(TOKEN, restored(ROOM)))).isTrue();
  }

  /** Fault: the first who restored died in the middle. */
  @Test
  void whoTakesTheLeaseInTheMiddleFindsTheRestoreAndGivesBackTheRest() {
    floor(HEAD);
    await(d.log.restore(TOKEN, restored(ROOM)));
    await(d.log.claim(partition, TOKEN + 1));
    int restore = await(d.log.restoring(partition));
    assertThat(restore).isPositive();
    assertThat(await(d.log.restore(TOKEN + 1, restored(ROOM)))).isFalse();
    assertThat(await(d.log.restore(TOKEN + 1, restored(other)))).isTrue();
    await(d.log.restored(partition, TOKEN + 1, restore));
    assertThat(await(d.log.restoring(partition))).isZero();
  }

  /** Attack: an authority that lost its lease calls rooms unknown that its successor gives back. */
  @Test
  void anOldLeaseDoesNotEndARestore() {
    floor(HEAD);
    int restore = await(d.log.restoring(partition));
    await(d.log.claim(partition, TOKEN + 1));
    refused(ErrorCode.FENCED, d.log.restored(partition, TOKEN, restore));
    assertThat(await(d.log.restoring(partition))).isEqualTo(restore);
    unavailable(d.log.state(ROOM));
  }

  /** Fault: the log lost everything again while it was restored. */
  @Test
  void oneRestoreDoesNotEndTheNext() {
    floor(HEAD);
    int restore = await(d.log.restoring(partition));
    floor(Position.of(901, 6_000));
    refused(ErrorCode.FENCED, d.log.restored(partition, TOKEN, restore));
    assertThat(await(d.log.restoring(partition))).isGreaterThan(restore);
  }

  @Test
  void aHealthyLogSaysSo() {
    d.create(ROOM);
    LogHealth health = await(d.log.health());
    assertThat(health.isHealthy()).as("%s", health).isTrue();
    assertThat(health.shards())
        .isNotEmpty()
        .allSatisfy(
            shard -> {
              assertThat(shard.replicas()).isGreaterThanOrEqualTo(shard.replicasNeeded());
              assertThat(shard.silence()).isLessThan(LogHealth.SILENCE_MAX);
            });
  }
}
