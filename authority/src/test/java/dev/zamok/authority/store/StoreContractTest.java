package dev.zamok.authority.store;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.TestClock;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. Reading is in {@link StoreReadContractTest}. */
public abstract class StoreContractTest {
  static final Table NOTES = Table.versioned("notes");
  static final Table EVENTS = Table.immutable("events");
  static final Table CHOICES = Table.decided("choices");
  static final Bytes HOME = bytes("home");

  protected final TestClock clock = new TestClock();
  protected Vertx vertx;
  protected Store store;

  /** An empty store on the first call, the same one after a restart on later ones. */
  protected abstract Store open();

  /** Lets go of what {@link #open} took. */
  protected abstract void shut(Store store);

  @BeforeEach
  void openStore() {
    vertx = Vertx.vertx();
    store = open();
  }

  @AfterEach
  void closeStore() {
    shut(store);
    await(vertx.close());
  }

  @Test
  void anInsertedRowHasVersionOneAndSurvivesARestart() {
    RowKey key = NOTES.key(HOME, bytes("a"));
    assertThat(await(store.get(key))).isEmpty();
    assertThat(change(NOTES, Change.insert(bytes("a"), bytes("one")))).isEqualTo(Outcome.APPLIED);
    shut(store);
    store = open();
    assertThat(await(store.get(key))).contains(new Row(key, 1, bytes("one")));
  }

  @Test
  void anInsertOverARowIsAConflict() {
    change(NOTES, Change.insert(bytes("a"), bytes("one")));
    assertThat(change(NOTES, Change.insert(bytes("a"), bytes("two"))))
        .isEqualTo(Outcome.conflict(0, 1));
    assertThat(body(NOTES, "a")).isEqualTo(bytes("one"));
  }

  @Test
  void aReplacementNeedsTheVersionThatIsThere() {
    change(NOTES, Change.insert(bytes("a"), bytes("one")));
    assertThat(change(NOTES, Change.put(bytes("a"), 1, bytes("two")))).isEqualTo(Outcome.APPLIED);
    assertThat(change(NOTES, Change.put(bytes("a"), 1, bytes("three"))))
        .isEqualTo(Outcome.conflict(0, 2));
    assertThat(change(NOTES, Change.put(bytes("b"), 1, bytes("three"))))
        .isEqualTo(Outcome.conflict(0, 0));
    RowKey key = NOTES.key(HOME, bytes("a"));
    assertThat(await(store.get(key))).contains(new Row(key, 2, bytes("two")));
  }

  @Test
  void aRemovalNeedsTheVersionThatIsThere() {
    change(NOTES, Change.insert(bytes("a"), bytes("one")));
    assertThat(change(NOTES, Change.delete(bytes("a"), 2))).isEqualTo(Outcome.conflict(0, 1));
    assertThat(change(NOTES, Change.delete(bytes("a"), 1))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.get(NOTES.key(HOME, bytes("a"))))).isEmpty();
    assertThat(change(NOTES, Change.insert(bytes("a"), bytes("two")))).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void anImmutableRowTakesTheSameBytesAgainAndNoOthers() {
    assertThat(change(EVENTS, Change.insert(bytes("a"), bytes("one")))).isEqualTo(Outcome.APPLIED);
    assertThat(change(EVENTS, Change.insert(bytes("a"), bytes("one")))).isEqualTo(Outcome.APPLIED);
    assertThat(change(EVENTS, Change.insert(bytes("a"), bytes("two"))))
        .isEqualTo(Outcome.conflict(0, 1));
    assertThat(body(EVENTS, "a")).isEqualTo(bytes("one"));
  }

  @Test
  void anImmutableTableRefusesReplacementsAndRemovals() {
    change(EVENTS, Change.insert(bytes("a"), bytes("one")));
    assertThatThrownBy(() -> change(EVENTS, Change.put(bytes("a"), 1, bytes("two"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> change(EVENTS, Change.delete(bytes("a"), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDecidedRowTakesTheSameBytesAgainAndNoOthers() {
    assertThat(change(CHOICES, Change.insert(bytes("a"), bytes("one")))).isEqualTo(Outcome.APPLIED);
    assertThat(change(CHOICES, Change.insert(bytes("a"), bytes("one")))).isEqualTo(Outcome.APPLIED);
    assertThat(change(CHOICES, Change.insert(bytes("a"), bytes("two"))))
        .isEqualTo(Outcome.conflict(0, 1));
    List<Change> batch =
        List.of(Change.insert(bytes("b"), HOME), Change.insert(bytes("a"), bytes("one")));
    assertThat(await(store.batch(CHOICES, HOME, batch))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.range(CHOICES, HOME, Range.first(10)))).hasSize(2);
    assertThat(body(CHOICES, "a")).isEqualTo(bytes("one"));
    assertThatThrownBy(() -> change(CHOICES, Change.put(bytes("a"), 1, bytes("two"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofManyWhoDecideOneRowOneWins() {
    List<Future<Outcome>> attempts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Change insert = Change.insert(bytes("a"), bytes("by " + i));
      attempts.add(store.batch(CHOICES, HOME, List.of(insert)));
    }
    await(Future.join(attempts));
    assertThat(attempts).filteredOn(a -> a.result().applied()).hasSize(1);
    int winner = 0;
    while (!attempts.get(winner).result().applied()) {
      winner++;
    }
    assertThat(body(CHOICES, "a")).isEqualTo(bytes("by " + winner));
  }

  @Test
  void aBatchHappensWholeOrNotAtAll() {
    change(NOTES, Change.insert(bytes("b"), bytes("old")));
    List<Change> batch =
        List.of(
            Change.insert(bytes("a"), bytes("new")),
            Change.put(bytes("b"), 9, bytes("new")),
            Change.insert(bytes("c"), bytes("new")));
    assertThat(await(store.batch(NOTES, HOME, batch))).isEqualTo(Outcome.conflict(1, 1));
    assertThat(await(store.range(NOTES, HOME, Range.first(10)))).hasSize(1);
    assertThat(body(NOTES, "b")).isEqualTo(bytes("old"));
    List<Change> right =
        List.of(batch.get(0), Change.delete(bytes("b"), 1), Change.insert(bytes("c"), HOME));
    assertThat(await(store.batch(NOTES, HOME, right))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.range(NOTES, HOME, Range.first(10))))
        .extracting(Row::sort)
        .containsExactly(bytes("a"), bytes("c"));
  }

  @Test
  void anImmutableBatchFillsWhatIsMissing() {
    change(EVENTS, Change.insert(bytes("b"), bytes("2")));
    List<Change> batch =
        List.of(Change.insert(bytes("a"), bytes("1")), Change.insert(bytes("b"), bytes("2")));
    assertThat(await(store.batch(EVENTS, HOME, batch))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.range(EVENTS, HOME, Range.first(10)))).hasSize(2);
  }

  @Test
  void aBatchHasBounds() {
    List<Change> twice =
        List.of(Change.insert(bytes("a"), HOME), Change.insert(bytes("a"), bytes("other")));
    List<Change> tooMany = new ArrayList<>();
    for (int i = 0; i <= Store.BATCH_CHANGES_MAX; i++) {
      tooMany.add(Change.insert(bytes("n" + i), HOME));
    }
    Bytes large = Bytes.wrap(new byte[Store.BATCH_BYTES_MAX / 4 + 1]);
    List<Change> tooLarge = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tooLarge.add(Change.insert(bytes("n" + i), large));
    }
    for (List<Change> bad : List.of(twice, tooMany, tooLarge, List.<Change>of())) {
      assertThatThrownBy(() -> await(store.batch(NOTES, HOME, bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    tooMany.remove(0);
    assertThat(await(store.batch(NOTES, HOME, tooMany))).isEqualTo(Outcome.APPLIED);
    tooLarge.remove(0);
    assertThat(await(store.batch(EVENTS, HOME, tooLarge))).isEqualTo(Outcome.APPLIED);
    assertThat(await(store.batch(CHOICES, HOME, tooLarge))).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void ofManyWhoReplaceOneVersionOneWins() {
    change(NOTES, Change.insert(bytes("a"), bytes("start")));
    List<Future<Outcome>> attempts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Change put = Change.put(bytes("a"), 1, bytes("by " + i));
      attempts.add(store.batch(NOTES, HOME, List.of(put)));
    }
    await(Future.join(attempts));
    assertThat(attempts).filteredOn(a -> a.result().applied()).hasSize(1);
  }

  @Test
  void whatExpiredIsGoneAndItsPlaceIsFree() {
    var expires = clock.instant().plus(Duration.ofMinutes(5));
    change(NOTES, new Change.Insert(bytes("a"), bytes("brief"), expires));
    change(NOTES, Change.insert(bytes("b"), bytes("lasting")));
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(body(NOTES, "a")).isEqualTo(bytes("brief"));
    clock.advance(Duration.ofMillis(1));
    assertThat(await(store.get(NOTES.key(HOME, bytes("a"))))).isEmpty();
    assertThat(await(store.range(NOTES, HOME, Range.first(10)))).hasSize(1);
    assertThat(await(store.scan(NOTES, null, 10))).hasSize(1);
    assertThat(change(NOTES, Change.put(bytes("a"), 1, bytes("late"))))
        .isEqualTo(Outcome.conflict(0, 0));
    assertThat(change(NOTES, Change.insert(bytes("a"), bytes("again")))).isEqualTo(Outcome.APPLIED);
    assertThat(body(NOTES, "a")).isEqualTo(bytes("again"));
  }

  @Test
  void aReplacementMayExpireLater() {
    var soon = clock.instant().plus(Duration.ofMinutes(1));
    change(NOTES, new Change.Insert(bytes("a"), bytes("one"), soon));
    change(NOTES, new Change.Put(bytes("a"), 1, bytes("two"), soon.plusSeconds(600)));
    clock.advance(Duration.ofMinutes(2));
    assertThat(body(NOTES, "a")).isEqualTo(bytes("two"));
  }

  @Test
  void aPartitionIsDroppedWhole() {
    change(NOTES, Change.insert(bytes("a"), HOME));
    change(EVENTS, Change.insert(bytes("a"), HOME));
    await(store.batch(NOTES, bytes("away"), List.of(Change.insert(bytes("a"), HOME))));
    await(store.drop(NOTES, HOME));
    assertThat(await(store.range(NOTES, HOME, Range.first(10)))).isEmpty();
    assertThat(await(store.range(NOTES, bytes("away"), Range.first(10)))).hasSize(1);
    assertThat(await(store.range(EVENTS, HOME, Range.first(10)))).hasSize(1);
  }

  @Test
  void anotherSealTakesThePlaceUnlessTheRowChanged() {
    for (Table table : List.of(NOTES, EVENTS)) {
      change(table, Change.insert(bytes("a"), bytes("old seal")));
      Row row = await(store.get(table.key(HOME, bytes("a")))).orElseThrow();
      assertThat(await(store.reseal(row, bytes("new seal")))).isTrue();
      assertThat(await(store.reseal(row, bytes("newer seal")))).isFalse();
      assertThat(await(store.get(row.key()))).contains(new Row(row.key(), 1, bytes("new seal")));
    }
  }

  @Test
  void itKnowsWhetherItIsEmpty() {
    assertThat(await(store.isEmpty())).isTrue();
    change(EVENTS, Change.insert(bytes("a"), HOME));
    assertThat(await(store.isEmpty())).isFalse();
    change(NOTES, Change.insert(bytes("a"), HOME));
    assertThat(await(store.tables())).containsExactlyInAnyOrder("events", "notes");
  }

  protected final Outcome change(Table table, Change change) {
    return await(store.batch(table, HOME, List.of(change)));
  }

  private Bytes body(Table table, String sort) {
    return await(store.get(table.key(HOME, bytes(sort)))).orElseThrow().body();
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
