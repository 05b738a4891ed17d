package dev.zamok.authority.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.room.RoomBed;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.PassingStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beats that the store is slow to take. */
class LateBeatTest {
  private static final int PARTITION = 0;
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path directory;
  private final List<String> told = new ArrayList<>();
  private RoomBed bed;
  private Database rows;
  private LeaseKeeper keeper;
  private volatile long nanos;
  private volatile long beatTakes;

  @BeforeEach
  void open() {
    bed =
        new RoomBed(
            directory.resolve("log"),
            (vertx, clock) ->
                Database.open(vertx, Database.Options.in(directory.resolve("rows")))
                    .onSuccess(database -> rows = database)
                    .compose(database -> LocalStore.open(vertx, database, clock))
                    .map(this::slow));
    keeper =
        new LeaseKeeper(
            bed.store(),
            bed.log(),
            LeaseConfig.SHARED,
            new LeaseKeeper.Sources(() -> nanos, () -> 2));
    keeper
        .leases()
        .register(
            new LeaseUser() {
              @Override
              public Future<Void> gained(int partition) {
                told.add("gained " + partition);
                return Future.succeededFuture();
              }

              @Override
              public Future<Void> leaving(int partition) {
                return Future.succeededFuture();
              }

              @Override
              public void lost(int partition) {
                told.add("lost " + partition);
              }
            });
    untilServed();
    beatAfter(LeaseConfig.SHARED.beat());
    told.clear();
  }

  @AfterEach
  void close() {
    bed.on(rows::close);
    bed.close();
  }

  /** Time passes while it writes a beat. */
  private Store slow(Store store) {
    return new PassingStore(store) {
      @Override
      public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
        if (table.equals(LeaseTables.NODE)) {
          nanos += beatTakes;
        }
        return super.batch(table, partition, changes);
      }
    };
  }

  private void untilServed() {
    bed.until(
        () -> {
          beatAfter(Duration.ofSeconds(1));
          return isServed();
        });
  }

  private boolean isServed() {
    return bed.on(() -> Future.succeededFuture(keeper.leases().serves(PARTITION)));
  }

  private void beatAfter(Duration pause) {
    nanos += pause.toNanos();
    bed.on(keeper::round);
  }

  /**
   * Or archiving would end: it asks whether the lease is held, and does not begin again by itself.
   */
  @Test
  void aLeaseThatWasNotTrustedForAMomentIsLostAndGainedAnew() {
    beatTakes = 2 * SECOND;
    beatAfter(LeaseConfig.SHARED.trust().minusSeconds(1));
    beatTakes = 0;
    untilServed();

    assertThat(told).containsExactly("lost " + PARTITION, "gained " + PARTITION);
  }

  @Test
  void aLeaseThatIsTrustedAllTheTimeStays() {
    beatTakes = 2 * SECOND;
    beatAfter(LeaseConfig.SHARED.beat());

    assertThat(isServed()).isTrue();
    assertThat(told).isEmpty();
  }

  /**
   * By the time it is there, its leases may be another's: nothing is taken on the strength of it.
   */
  @Test
  void aBeatThatTakesLongerThanItIsTrustedGivesNothing() {
    beatTakes = LeaseConfig.SHARED.trust().plusSeconds(1).toNanos();
    beatAfter(LeaseConfig.SHARED.beat());
    beatAfter(LeaseConfig.SHARED.beat());

    assertThat(isServed()).isFalse();
    assertThat(told).containsExactly("lost " + PARTITION);
  }

  /** Nobody else takes what names one that lives. */
  @Test
  void whatCannotBeHeldByItsBeatsIsFree() {
    beatTakes = LeaseConfig.SHARED.trust().plusSeconds(1).toNanos();
    beatAfter(LeaseConfig.SHARED.beat());

    assertThat(holders()).isNotEmpty().containsOnly(LeaseRow.NOBODY);
  }

  /** Or it would lose and take them with each beat. No time passes until the other one has them. */
  @Test
  void whoseBeatsComeLateLeavesItsLeasesToOthersForAWhile() {
    LeaseKeeper other = other();
    lapse();
    bed.on(keeper::round);
    assertThat(keeper.isLate()).isTrue();

    bed.until(() -> afterRounds(other).allMatch(holder -> holder == other.id()));
    assertThat(told).containsExactly("lost " + PARTITION);

    for (int i = 0; i < 3; i++) {
      assertThat(holders()).containsOnly(other.id());
      beatAfter(LeaseConfig.SHARED.beat());
      bed.on(other::round);
    }
    assertThat(keeper.isLate()).isFalse();
    bed.until(() -> afterRounds(other, keeper).anyMatch(holder -> holder == keeper.id()));
  }

  /** Then it is the store: leaving the leases to others would help nobody. */
  @Test
  void whereAllBeatsComeLateTheyGoOn() {
    LeaseKeeper other = other();
    beatTakes = LeaseConfig.SHARED.trust().toNanos();
    beatAfter(LeaseConfig.SHARED.beat());
    bed.on(other::round);
    beatTakes = 0;
    assertThat(keeper.isLate() && other.isLate()).isTrue();
    assertThat(holders()).containsOnly(LeaseRow.NOBODY);

    bed.until(() -> afterRounds(keeper, other).anyMatch(holder -> holder == keeper.id()));
  }

  /** It takes them again before the others know; they hear of it, and leave it what it holds. */
  @Test
  void oneBeatThatComesLateMovesNothing() {
    LeaseKeeper other = other();
    beatTakes = 2 * SECOND;
    beatAfter(LeaseConfig.SHARED.trust().minusSeconds(1));
    beatTakes = 0;
    assertThat(keeper.isLate()).isTrue();
    beatAfter(LeaseConfig.SHARED.beat());
    bed.on(other::round);

    assertThat(holders()).isNotEmpty().containsOnly(keeper.id());
  }

  /** Another authority on the same store, which has looked at the rows and holds nothing yet. */
  private LeaseKeeper other() {
    LeaseKeeper other =
        new LeaseKeeper(
            bed.store(),
            bed.log(),
            LeaseConfig.SHARED,
            new LeaseKeeper.Sources(() -> nanos, () -> 3));
    bed.on(other::round);
    return other;
  }

  /** Nobody's beat is trusted any more; each still counts as living. */
  private void lapse() {
    nanos += LeaseConfig.SHARED.trust().toNanos();
  }

  private Stream<Long> afterRounds(LeaseKeeper... keepers) {
    for (LeaseKeeper one : keepers) {
      bed.on(one::round);
    }
    return holders().stream();
  }

  private List<Long> holders() {
    LeaseRows leases = new LeaseRows(bed.store());
    return bed.on(() -> leases.leases(bed.log().partitions())).stream()
        .map(LeaseRow::holder)
        .toList();
  }
}
