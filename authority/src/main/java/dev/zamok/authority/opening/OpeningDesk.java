package dev.zamok.authority.opening;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps lines of openings: each one is stored only behind the one that it names. */
final class OpeningDesk {
  /** Counted from when it came. */
  static final Duration RETENTION = Duration.ofDays(400);

  /** How far the clock of a member may be from ours. */
  static final Duration SKEW_MAX = Duration.ofDays(1);

  private final SealedStore store;
  private final Clock clock;

  OpeningDesk(SealedStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Stores openings of one line, in order; those that are there already count. Fails with {@link
   * Problem#CONFLICT} when they do not continue the line.
   */
  Future<Void> keep(List<Opening> openings) {
    for (int i = 0; i < openings.size(); i++) {
      boolean follows = i == 0 || openings.get(i).follows(openings.get(i - 1));
      long off = Math.abs(openings.get(i).timeMillis() - clock.millis());
      if (!follows || off > SKEW_MAX.toMillis()) {
        throw Refusal.because(Problem.REQUEST_INVALID, follows ? "the time" : "the order");
      }
    }
    return before(openings.get(0)).compose(continues -> insert(openings, continues));
  }

  private Future<Boolean> before(Opening first) {
    Opening.Place place = first.place();
    if (place.n() == 1) {
      return Future.succeededFuture(true);
    }
    return store
        .get(OpeningTables.key(place, place.n() - 1))
        .map(row -> row.isPresent() ? first.follows(opening(row.get())) : isForgotten(place));
  }

  /** What came so long ago is gone by itself. */
  private boolean isForgotten(Opening.Place place) {
    long kept = clock.millis() - RETENTION.toMillis() + SKEW_MAX.toMillis();
    return place.previousMillis() <= kept;
  }

  private Future<Void> insert(List<Opening> openings, boolean continues) {
    if (!continues) {
      throw Problem.CONFLICT.refusal();
    }
    Instant expires = clock.instant().plus(RETENTION);
    List<Change> rows = new ArrayList<>();
    for (Opening opening : openings) {
      Bytes sort = OpeningTables.sort(opening.place(), opening.place().n());
      rows.add(new Change.Insert(sort, opening.encoded(), expires));
    }
    Bytes partition = OpeningTables.partition(openings.get(0).place().room());
    return store
        .batch(OpeningTables.OPENING, partition, rows)
        .map(
            outcome -> {
              if (!outcome.applied()) {
                throw Problem.CONFLICT.refusal();
              }
              return null;
            });
  }

  /** By author and line, those after a key; at most {@link Range#LIMIT_MAX}. */
  Future<List<Row>> page(RoomId room, Optional<Bytes> after, int limit) {
    Range range = after.map(key -> Range.after(key, limit)).orElseGet(() -> Range.first(limit));
    return store.range(OpeningTables.OPENING, OpeningTables.partition(room), range);
  }

  private static Opening opening(Row row) {
    return Opening.parse(row.body());
  }
}
