package dev.zamok.roomlog.local;

import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory and disk stay bounded. */
class LocalRoomLogSpaceTest {
  private static final RoomId ROOM = room(1);

  @TempDir Path directory;
  private Store store;

  @AfterEach
  void close() {
    store.close();
  }

  private LogDriver open(Limits limits) {
    store = new Store(directory, limits);
    return store.driver();
  }

  /** Says everything in one turn, so that it lands in few chunks. */
  private static List<Position> sayAll(LogDriver d, List<Append> appends) {
    Context context = d.vertx.getOrCreateContext();
    List<Appended> answers =
        d.on(
            context,
            () -> Future.all(appends.stream().map(d.log::append).toList()).map(all -> all.list()));
    return answers.stream().map(Appended::position).toList();
  }

  @Test
  void aBacklogOverItsLimitRefusesMembersButNotTheAuthority() {
    LogDriver d = open(new Limits(5_000, 10_000, 1 << 20, 0, 1000));
    d.create(ROOM);
    Append first = d.message(ROOM, "x".repeat(4_000));
    Position position = d.append(first).position();
    d.say(ROOM, "x".repeat(1_000));
    refused(ErrorCode.OVERLOADED, d.log.append(d.message(ROOM, "too much")));
    refused(ErrorCode.OVERLOADED, d.log.append(d.hint(ROOM, 1)));
    assertThat(d.append(first)).as("known ids").isEqualTo(new Appended(position, true));
    d.rekey(ROOM, 2, 1);
    d.append(Append.evict(ROOM, 2, LogDriver.BORIS, 1, TOKEN, d.newId()));

    d.archive(ROOM, position);
    d.say(ROOM, "archiving makes room");
  }

  @Test
  void theBacklogIsCountedAnewWhenTheLogOpens() {
    LogDriver d = open(new Limits(5_000, 10_000, 1 << 20, 0, 1000));
    d.create(ROOM);
    Position big = d.say(ROOM, "x".repeat(5_000));
    store.reopen();
    d = store.driver();
    refused(ErrorCode.OVERLOADED, d.log.append(d.message(ROOM, "too much")));
    d.archive(ROOM, big);
    store.reopen();
    store.driver().say(ROOM, "fits");
  }

  @Test
  void tooManyEntriesInTheLogRefuseMembersUntilSomeAreTrimmed() {
    LogDriver d = open(new Limits(1 << 20, 10, 1 << 20, 0, 1000));
    d.create(ROOM);
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      said.add(d.say(ROOM, "m" + i));
    }
    refused(ErrorCode.OVERLOADED, d.log.append(d.message(ROOM, "too many")));
    d.archive(ROOM, said.get(8));
    refused(ErrorCode.OVERLOADED, d.log.append(d.message(ROOM, "archived is not trimmed")));
    d.trim(ROOM, said.get(3));
    d.say(ROOM, "fits");
  }

  @Test
  void aQueueOverItsLimitRefusesMembersButAnswersKnownIds() {
    LogDriver d = open(new Limits(1 << 20, 10_000, 3_000, 0, 1000));
    d.create(ROOM);
    Append known = d.message(ROOM, "known");
    Position position = d.append(known).position();
    Context context = d.vertx.getOrCreateContext();
    List<Append> flood = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      flood.add(d.message(ROOM, "x".repeat(1_000)));
    }
    Append rekey = Append.rekey(ROOM, 2, 1, TOKEN, d.newId(), text("R2"));
    List<String> outcomes =
        d.on(
            context,
            () -> {
              List<Future<String>> all = new ArrayList<>();
              for (Append append : flood) {
                all.add(outcome(d.log.append(append)));
              }
              all.add(outcome(d.log.append(known)));
              all.add(outcome(d.log.append(rekey)));
              return Future.all(all).map(done -> done.list());
            });
    String refusal = ErrorCode.OVERLOADED.text();
    assertThat(outcomes)
        .containsExactly("ok", "ok", refusal, refusal, refusal, "duplicate " + position, "ok");
    d.say(ROOM, "later it fits");
  }

  private static Future<String> outcome(Future<Appended> appended) {
    return appended
        .map(a -> a.duplicate() ? "duplicate " + a.position() : "ok")
        .otherwise(Throwable::getMessage);
  }

  @Test
  void chunksOfWhichNothingIsLeftAreDeleted() {
    LogDriver d = open(Store.TINY);
    d.create(ROOM);
    d.create(room(2));
    List<Position> said = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      said.add(d.say(ROOM, "m" + i));
    }
    Position other = d.say(room(2), "stays");
    assertThat(store.chunks()).isEqualTo(43);
    d.trim(ROOM, said.get(29));
    assertThat(store.chunks()).as("10 messages, room 2").isEqualTo(12);
    d.trim(room(2), other);
    d.trim(ROOM, said.get(39));
    assertThat(store.chunks()).isZero();
  }

  @Test
  void aChunkOfWhichLittleIsLeftIsRewrittenWithoutTheRest() {
    LogDriver d = open(new Limits(1 << 24, 10_000, 1 << 20, 0, 1 << 20));
    d.create(ROOM);
    d.create(room(2));
    List<Append> appends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      appends.add(d.message(i == 50 ? room(2) : ROOM, i + "x".repeat(500)));
    }
    List<Position> said = sayAll(d, appends);
    assertThat(store.chunkBytes()).isGreaterThan(50_000);
    d.trim(ROOM, said.get(98));
    assertThat(store.chunkBytes()).isLessThan(3_000);
    assertThat(d.read(ROOM, said.get(98)).entries())
        .extracting(Entry::position)
        .containsExactly(said.get(99));
    assertThat(d.read(room(2), Position.ZERO).entries())
        .extracting(Entry::position)
        .contains(said.get(50));

    store.reopen();
    d = store.driver();
    assertThat(d.read(room(2), Position.ZERO).entries()).hasSize(2);
    d.say(ROOM, "goes on");
    assertThat(d.read(ROOM, said.get(98)).entries()).hasSize(2);
  }

  @Test
  void whatWasTrimmedButNotSweptBeforeTheEndIsSweptAfterOpening() {
    LogDriver d = open(Store.TINY);
    d.create(ROOM);
    for (int i = 0; i < 20; i++) {
      d.say(ROOM, "m" + i);
    }
    Position head = d.state(ROOM).head();
    d.archive(ROOM, head);
    // The floor as a trim leaves it when the process ends right after.
    await(
        store
            .database()
            .write(
                s ->
                    s.update(
                        "UPDATE log_room SET floor = ?, head = ?", head.packed(), head.packed())));
    store.reopen();
    assertThat(store.driver().read(ROOM, head).complete()).isTrue();
    assertThat(store.chunks()).isZero();
  }

  @Test
  void entriesThatLeftMemoryAreReadFromTheDisk() {
    Limits smallHot = new Limits(1 << 24, 10_000, 1 << 20, 20_000, 1000);
    LogDriver d = open(smallHot);
    d.create(ROOM);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      said.add(i + "x".repeat(200));
      d.say(ROOM, said.get(i));
    }
    List<Entry> all = d.read(ROOM, Position.ZERO).entries();
    assertThat(LogDriver.texts(all.subList(1, 201))).isEqualTo(said);
    Position nearEnd = all.get(190).position();
    assertThat(d.read(ROOM, nearEnd).entries()).isEqualTo(all.subList(191, 201));
  }
}
