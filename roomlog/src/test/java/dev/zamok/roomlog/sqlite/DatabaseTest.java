package dev.zamok.roomlog.sqlite;

import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.sqlite.Database.Options;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final Schema SCHEMA =
      new Schema("test", List.of(List.of("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT")));

  @TempDir Path directory;
  private Vertx vertx;
  private Database database;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    open(Options.in(directory));
  }

  @AfterEach
  void close() {
    await(database.close());
    await(vertx.close());
  }

  private void open(Options options) {
    database = await(Database.open(vertx, options));
    await(database.prepare(SCHEMA));
  }

  private void reopen(Options options) {
    await(database.close());
    open(options);
  }

  private Future<Integer> put(int key, String value) {
    return database.write(s -> s.update("INSERT INTO t (k, v) VALUES (?, ?)", key, value));
  }

  private List<String> values() {
    return await(
        database.read(s -> s.query("SELECT v FROM t ORDER BY k", r -> r.getStringOrNull(1))));
  }

  /** Holds the writer until the latch is counted down. */
  private CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    database.write(
        s -> {
          held.countDown();
          return uninterrupted(latch);
        });
    uninterrupted(held);
    return latch;
  }

  private static Void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
      return null;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasWrittenIsThereAfterOpeningAgain() {
    await(put(1, "a"));
    await(put(2, null));
    reopen(Options.in(directory));
    assertThat(values()).containsExactly("a", null);
  }

  @Test
  void aReadSeesWhatWasCommittedBeforeIt() {
    for (int i = 0; i < 50; i++) {
      await(put(i, "v" + i));
      assertThat(values()).hasSize(i + 1);
    }
  }

  @Test
  void aJobThatThrowsSpoilsNeitherTheOthersNorItsOwnEarlierState() {
    CountDownLatch latch = hold();
    Future<Integer> before = put(1, "before");
    Future<Integer> thrower =
        database.write(
            s -> {
              s.update("INSERT INTO t (k, v) VALUES (2, 'undone')");
              throw new Rejection(ErrorCode.NOT_PERMITTED);
            });
    Future<Integer> conflicting = put(1, "conflict");
    Future<Integer> after = put(3, "after");
    latch.countDown();
    assertThat(await(before)).isEqualTo(1);
    refused(ErrorCode.NOT_PERMITTED, thrower);
    assertThat(failure(conflicting)).isInstanceOf(StatementFailure.class);
    assertThat(await(after)).isEqualTo(1);
    assertThat(values()).containsExactly("before", "after");
  }

  @Test
  void whatWaitsSharesOneCommit() {
    CountDownLatch latch = hold();
    List<Future<?>> all = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int key = i;
      Promise<Void> promise = Promise.promise();
      all.add(promise.future());
      database.execute(
          new Database.DurableJob() {
            @Override
            public void run(Session session) {
              order.add("run " + key);
            }

            @Override
            public void committed() {
              order.add("committed " + key);
              promise.complete();
            }

            @Override
            public void failed(Throwable cause) {
              promise.fail(cause);
            }
          });
    }
    latch.countDown();
    await(Future.all(all));
    assertThat(order.subList(0, 10)).allMatch(step -> step.startsWith("run"));
    assertThat(order.subList(10, 20)).allMatch(step -> step.startsWith("committed"));
  }

  @Test
  void futuresCompleteOnTheContextOfTheCall() {
    Context context = vertx.getOrCreateContext();
    Promise<List<Context>> seen = Promise.promise();
    context.runOnContext(
        v ->
            put(1, "a")
                .map(n -> Vertx.currentContext())
                .compose(
                    first ->
                        database
                            .read(s -> s.query("SELECT v FROM t", r -> r.getString(1)))
                            .map(rows -> List.of(first, Vertx.currentContext())))
                .onComplete(seen));
    assertThat(await(seen.future())).allMatch(c -> c == context);
  }

  @Test
  void readersCannotWrite() {
    Future<Integer> written = database.read(s -> s.update("DELETE FROM t"));
    assertThat(failure(written)).isInstanceOf(Unavailable.class);
  }

  @Test
  void aReadSeesOneSnapshot() {
    await(put(1, "a"));
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Future<List<Integer>> counts =
        database.read(
            s -> {
              int before = s.first("SELECT count(*) FROM t", r -> r.getInt(1)).orElseThrow();
              first.countDown();
              uninterrupted(written);
              int after = s.first("SELECT count(*) FROM t", r -> r.getInt(1)).orElseThrow();
              return List.of(before, after);
            });
    uninterrupted(first);
    await(put(2, "b"));
    written.countDown();
    assertThat(await(counts)).containsExactly(1, 1);
    assertThat(values()).hasSize(2);
  }

  @Test
  void tooManyWritesThatWaitAreRefusedAndChangeNothing() {
    reopen(new Options(directory, 1, 3, 3, 100));
    CountDownLatch latch = hold();
    List<Future<Integer>> waiting = List.of(put(1, "a"), put(2, "b"), put(3, "c"));
    refused(ErrorCode.OVERLOADED, put(4, "d"));
    latch.countDown();
    await(Future.all(waiting));
    assertThat(values()).containsExactly("a", "b", "c");
    await(put(4, "d"));
  }

  @Test
  void tooManyReadsThatWaitAreRefused() {
    reopen(new Options(directory, 1, 3, 2, 100));
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    database.read(
        s -> {
          held.countDown();
          return uninterrupted(latch);
        });
    uninterrupted(held);
    List<Future<Integer>> waiting = List.of(database.read(s -> 1), database.read(s -> 2));
    refused(ErrorCode.OVERLOADED, database.read(s -> 3));
    latch.countDown();
    await(Future.all(waiting));
  }

  @Test
  void aFullDiskFailsEverythingInTheCommitAndNothingAfterSpaceIsFreed() {
    await(put(1, "a"));
    CountDownLatch latch = hold();
    Future<Integer> before = put(2, "b");
    Future<Integer> full =
        database.write(
            s -> {
              s.execute("PRAGMA max_page_count = 1");
              return s.update("INSERT INTO t (k, v) VALUES (3, ?)", "x".repeat(100_000));
            });
    latch.countDown();
    for (Future<Integer> failed : List.of(before, full)) {
      assertThat(failure(failed))
          .isInstanceOfSatisfying(
              Unavailable.class,
              e ->
                  assertThat(e.getCause())
                      .isInstanceOfSatisfying(
                          DatabaseProblem.class,
                          p -> assertThat(p.kind()).isEqualTo(DatabaseProblem.Kind.DISK_FULL)));
    }
    assertThat(database.problem()).isPresent();
    assertThat(values()).containsExactly("a");
    await(put(2, "b"));
    assertThat(database.problem()).isEmpty();
    assertThat(values()).containsExactly("a", "b");
  }

  @Test
  void aCommitThatFailsLeavesTheOutcomeOpenForAllOfIt() {
    await(
        database.prepare(
            new Schema(
                "deferred",
                List.of(
                    List.of(
                        "CREATE TABLE d (k INTEGER REFERENCES t (k)"
                            + " DEFERRABLE INITIALLY DEFERRED) STRICT")))));
    CountDownLatch latch = hold();
    Future<Integer> innocent = put(1, "a");
    Future<Integer> violating = database.write(s -> s.update("INSERT INTO d (k) VALUES (99)"));
    latch.countDown();
    for (Future<Integer> failed : List.of(innocent, violating)) {
      assertThat(failure(failed))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    }
    assertThat(values()).isEmpty();
    await(put(1, "a"));
    assertThat(values()).containsExactly("a");
  }

  @Test
  void closingCompletesWhatWasSubmittedAndRefusesTheRest() {
    CountDownLatch latch = hold();
    Future<Integer> submitted = put(1, "a");
    Future<Void> closed = database.close();
    Future<Integer> late = put(2, "b");
    latch.countDown();
    await(closed);
    assertThat(await(submitted)).isEqualTo(1);
    assertThat(failure(late)).isInstanceOf(Unavailable.class);
    assertThat(failure(database.read(s -> 1))).isInstanceOf(Unavailable.class);
    await(database.close());
    open(Options.in(directory));
    assertThat(values()).containsExactly("a");
  }
}
