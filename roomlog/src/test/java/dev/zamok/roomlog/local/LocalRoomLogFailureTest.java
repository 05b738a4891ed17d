package dev.zamok.roomlog.local;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Recorder;
import dev.zamok.roomlog.sqlite.DatabaseProblem;
import dev.zamok.roomlog.sqlite.Schema;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be committed is neither acknowledged nor delivered, and the log goes on afterwards.
 */
class LocalRoomLogFailureTest {
  private static final RoomId ROOM = room(1);

  @TempDir Path directory;
  private Store store;
  private LogDriver d;

  @BeforeEach
  void open() {
    store = new Store(directory, Store.TINY);
    d = store.driver();
    await(
        store
            .database()
            .prepare(
                new Schema(
                    "poison",
                    List.of(
                        List.of(
                            "CREATE TABLE sane (k INTEGER PRIMARY KEY) STRICT",
                            "CREATE TABLE poison (k INTEGER REFERENCES sane (k)"
                                + " DEFERRABLE INITIALLY DEFERRED) STRICT")))));
    d.create(ROOM);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Holds the writer until the latch is counted down. */
  private CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    store
        .database()
        .write(
            s -> {
              held.countDown();
              await(latch);
              return null;
            });
    await(held);
    return latch;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T await(Future<T> future) {
    return LogDriver.await(future);
  }

  /** Appends in a transaction that fails only when it is committed. */
  private Future<Appended> appendIntoFailingCommit(Append append) {
    CountDownLatch latch = hold();
    Future<Appended> appended = d.log.append(append);
    Future<Integer> poison =
        store.database().write(s -> s.update("INSERT INTO poison (k) VALUES (99)"));
    latch.countDown();
    assertThat(failure(poison)).isInstanceOf(Unavailable.class);
    return appended;
  }

  @Test
  void afterACommitOfUnknownOutcomeTheLogOpensItselfAnew() {
    Recorder recorder = new Recorder(null);
    await(d.log.follow(ROOM, recorder));
    Position before = d.say(ROOM, "before");
    Append append = d.message(ROOM, "in doubt");

    Future<Appended> appended = appendIntoFailingCommit(append);
    assertThat(failure(appended))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    assertThat(texts(d.read(ROOM, Position.ZERO).entries()))
        .as("what is committed stays readable")
        .containsExactly("R1", "before");

    Appended again = d.append(append);
    assertThat(again.duplicate()).isFalse();
    assertThat(again.position().generation()).isEqualTo(before.generation() + 1);
    recorder.awaitReread();
    d.say(ROOM, "after");
    assertThat(texts(recorder.awaitEntries(3))).containsExactly("before", "in doubt", "after");
    assertThat(texts(d.read(ROOM, Position.ZERO).entries()))
        .containsExactly("R1", "before", "in doubt", "after");
    assertThat(d.read(ROOM, before).entries().get(0).previous()).isEqualTo(before);
  }

  /** The commit was reported as failed, but the entry is on the disk after all. */
  @Test
  void anEntryWhoseCommitWasMisreportedIsFoundAndItsRepetitionRecognised() {
    Append append = d.message(ROOM, "there after all");
    Position head = d.state(ROOM).head();
    Position position = Position.of(head.generation(), head.counter() + 1);
    assertThat(failure(appendIntoFailingCommit(append))).isInstanceOf(Unavailable.class);
    var entry =
        new dev.zamok.protocol.Entry(
            ROOM,
            position,
            head,
            1_000_000,
            append.kind(),
            append.tag(),
            1,
            append.id(),
            append.body());
    await(
        store
            .database()
            .write(
                s ->
                    s.update(
                        "INSERT INTO log_chunk (first, entries) VALUES (?, ?)",
                        position.counter(),
                        ChunkCodec.encode(List.of(entry)))));

    assertThat(d.append(append)).isEqualTo(new Appended(position, true));
    Position next = d.say(ROOM, "next");
    assertThat(next.counter()).isEqualTo(position.counter() + 1);
    assertThat(texts(d.read(ROOM, head).entries())).containsExactly("there after all", "next");
  }

  @Test
  void onAFullDiskNothingIsAcknowledgedOrDeliveredAndTheLogRecovers() {
    Recorder recorder = new Recorder(null);
    await(d.log.follow(ROOM, recorder));
    CountDownLatch latch = hold();
    Future<Appended> appended = d.log.append(d.message(ROOM, "does not fit"));
    Future<Object> filling =
        store
            .database()
            .write(
                s -> {
                  s.query("PRAGMA max_page_count = 1", row -> row.getInt(1));
                  s.update("INSERT INTO log_chunk VALUES (-1, ?)", new byte[100_000]);
                  return null;
                });
    latch.countDown();
    for (Future<?> failed : List.of(appended, filling)) {
      assertThat(failure(failed))
          .isInstanceOf(Unavailable.class)
          .cause()
          .isInstanceOfSatisfying(
              DatabaseProblem.class,
              p -> assertThat(p.kind()).isEqualTo(DatabaseProblem.Kind.DISK_FULL));
    }
    d.say(ROOM, "fits");
    assertThat(texts(recorder.awaitEntries(1))).containsExactly("fits");
    assertThat(texts(d.read(ROOM, Position.ZERO).entries())).containsExactly("R1", "fits");
    store.reopen();
    assertThat(texts(store.driver().read(ROOM, Position.ZERO).entries()))
        .containsExactly("R1", "fits");
  }

  @Test
  void whenTheDatabaseIsClosedUnderTheLogItsCallersAreTold() {
    await(store.database().close());
    assertThat(failure(d.log.append(d.message(ROOM, "late"))))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    assertThat(d.state(ROOM).epoch()).as("memory still answers").isEqualTo(1);
  }

  @Test
  void aFollowerThatThrowsHarmsNobodyElse() {
    Recorder recorder = new Recorder(null);
    await(
        d.log.follow(
            ROOM,
            new Recorder(null) {
              @Override
              public synchronized void entries(List<dev.zamok.protocol.Entry> added) {
                throw new IllegalStateException("a follower's bug");
              }
            }));
    await(d.log.follow(ROOM, recorder));
    d.say(ROOM, "a");
    d.say(ROOM, "b");
    assertThat(texts(recorder.awaitEntries(2))).containsExactly("a", "b");
  }
}
