package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that stands still in the midst of a compare-and-set. */
class LostAnswerTest {
  private static final Table NOTES = Table.versioned("notes");
  private static final Bytes HOME = Bytes.fromHex("aa");
  private static final Bytes ONE = Bytes.fromHex("01");
  private static final Bytes TWO = Bytes.fromHex("02");
  private static final Bytes THREE = Bytes.fromHex("03");
  private static final RowKey KEY = NOTES.key(HOME, ONE);
  private static final Duration REQUEST = Duration.ofSeconds(2);
  private static final int POLLS_MAX = 6_000;

  private final List<CassandraStore> stores = new ArrayList<>();
  private CassandraConfig base;
  private Vertx vertx;

  @BeforeEach
  void open() {
    base = TestRing.cleared();
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    TestRing.node().thaw();
    stores.forEach(store -> await(store.close()));
    await(vertx.close());
  }

  private CassandraStore store(Duration resolve, int callsMax) {
    CassandraConfig.Limits limits =
        new CassandraConfig.Limits(REQUEST, base.limits().connect(), resolve, callsMax);
    CassandraStore store =
        await(CassandraStore.open(vertx, TestRing.config(base.keyspace().name(), limits)));
    stores.add(store);
    return store;
  }

  private static void freeze() {
    CassandraNode node = TestRing.node();
    node.freeze();
    until(() -> state(node.pid()) == 'T');
  }

  /** The letter after the name in proc(5) stat. */
  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void until(BooleanSupplier done) {
    Vertx timers = Vertx.vertx();
    for (int i = 0; i < POLLS_MAX && !done.getAsBoolean(); i++) {
      await(timers.timer(10).mapEmpty());
    }
    await(timers.close());
    assertThat(done.getAsBoolean()).isTrue();
  }

  @Test
  void aChangeWhoseAnswerWasLostIsFoundToBeApplied() {
    CassandraStore store = store(Duration.ofSeconds(50), 10);
    assertThat(await(store.batch(NOTES, HOME, List.of(Change.insert(ONE, ONE)))).applied())
        .isTrue();
    freeze();
    Future<Outcome> put = store.batch(NOTES, HOME, List.of(Change.put(ONE, 1, TWO)));
    until(() -> store.lostAnswers() == 1);
    assertThat(put.isComplete()).isFalse();
    TestRing.node().thaw();
    assertThat(await(put)).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.get(KEY))).contains(new Row(KEY, 2, TWO));
  }

  @Test
  void ofTwoWhoseAnswersWereLostOneIsApplied() {
    CassandraStore one = store(Duration.ofSeconds(50), 10);
    CassandraStore two = store(Duration.ofSeconds(50), 10);
    assertThat(await(one.batch(NOTES, HOME, List.of(Change.insert(ONE, ONE)))).applied()).isTrue();
    // So that both have noted the table.
    assertThat(await(two.batch(NOTES, TWO, List.of(Change.insert(ONE, ONE)))).applied()).isTrue();
    freeze();
    List<Future<Outcome>> puts =
        List.of(
            one.batch(NOTES, HOME, List.of(Change.put(ONE, 1, TWO))),
            two.batch(NOTES, HOME, List.of(Change.put(ONE, 1, THREE))));
    until(() -> one.lostAnswers() + two.lostAnswers() == 2);
    TestRing.node().thaw();
    await(Future.all(puts));
    int winner = puts.get(0).result().state() == Outcome.State.APPLIED ? 0 : 1;
    assertThat(puts.get(winner).result()).isEqualTo(Outcome.APPLIED);
    assertThat(puts.get(1 - winner).result()).isEqualTo(Outcome.conflict(0, 2));
    assertThat(await(one.get(KEY))).contains(new Row(KEY, 2, winner == 0 ? TWO : THREE));
  }

  @Test
  void anOutcomeThatIsNeverLearntIsUnknown() {
    CassandraStore store = store(Duration.ofMillis(1), 10);
    assertThat(await(store.batch(NOTES, HOME, List.of(Change.insert(ONE, ONE)))).applied())
        .isTrue();
    freeze();
    Outcome outcome = await(store.batch(NOTES, HOME, List.of(Change.put(ONE, 1, TWO))));
    assertThat(outcome).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void callsBeyondTheLimitAreRefusedAtOnce() {
    CassandraStore store = store(Duration.ofMillis(1), 3);
    freeze();
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(store.get(KEY));
    }
    assertThat(store.get(KEY).cause())
        .isInstanceOf(Unavailable.class)
        .hasMessage("3 calls of the store are under way");
    TestRing.node().thaw();
    await(Future.join(waiting).transform(done -> Future.succeededFuture()));
    assertThat(await(store.get(KEY))).isEmpty();
  }
}
