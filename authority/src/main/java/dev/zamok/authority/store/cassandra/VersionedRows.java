package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Rows that change by compare-and-set, in the CQL table
 *
 * <pre>
 * versioned_row ((tbl text, part blob), sort blob, version bigint, expires bigint, body blob)
 *   expires: milliseconds since 1970, 2^63 - 1 for never
 * </pre>
 *
 * <p>Every write is a lightweight transaction, without exception: mixed with plain writes they are
 * no longer in one order. Reads are at QUORUM: a change is told as applied once a quorum has it,
 * and a read that meets a change on one replica first brings it to a quorum. Only where an answer
 * was lost the rows are read at SERIAL, which ends what is under way.
 */
final class VersionedRows {
  private static final int ROUNDS_MAX = 5;
  private static final int PAGE_ROWS = 200;

  private final Cql cql;
  private final LongSupplier now;
  private final Selects selects;
  private final Conditions conditions;
  private final LostAnswers lost;
  private final Turns<Place> turns = new Turns<>();

  private record Place(Table table, Bytes partition) {}

  private VersionedRows(
      Cql cql, Clock clock, Selects selects, Conditions conditions, LostAnswers lost) {
    this.cql = cql;
    this.now = clock::millis;
    this.selects = selects;
    this.conditions = conditions;
    this.lost = lost;
  }

  static Future<VersionedRows> prepare(
      Cql cql, String keyspace, Clock clock, CassandraConfig.Limits limits) {
    String table = keyspace + ".versioned_row";
    Future<Selects> selects = Selects.prepare(cql, table, "version, expires, body");
    Future<Conditions> conditions = Conditions.prepare(cql, table);
    return Future.all(selects, conditions)
        .map(
            all ->
                new VersionedRows(
                    cql,
                    clock,
                    selects.result(),
                    conditions.result(),
                    new LostAnswers(cql.vertx(), limits.resolve())));
  }

  Future<List<Row>> get(RowKey key) {
    return selects.one(key).map(found -> live(key.table(), key.partition(), found));
  }

  Future<List<Row>> range(Table table, Bytes partition, Range range) {
    return Refill.read(selects, table, partition, range, found -> live(table, partition, found));
  }

  private List<Row> live(
      Table table, Bytes partition, List<com.datastax.oss.driver.api.core.cql.Row> found) {
    long at = now.getAsLong();
    List<Row> rows = new ArrayList<>(found.size());
    for (var row : found) {
      Present.of(row)
          .filter(present -> present.isLive(at))
          .ifPresent(p -> rows.add(new Row(table.key(partition, p.sort()), p.version(), p.body())));
    }
    return rows;
  }

  Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    Attempt attempt = new Attempt(table, partition, changes);
    return turns.take(new Place(table, partition), () -> attempt(attempt, Map.of(), ROUNDS_MAX));
  }

  /** Of a compare-and-set that was not answered how often the outcome was looked for. */
  int lostAnswers() {
    return lost.count();
  }

  private Future<Outcome> attempt(Attempt attempt, Map<Bytes, Present> present, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(new Unavailable("rows change faster than they are read", false));
    }
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    long at = now.getAsLong();
    Statement<?> only = null;
    for (Change change : attempt.missing(present)) {
      only = conditions.of(attempt.key(change), change, present.get(change.sort()), at);
      batch.addStatement((com.datastax.oss.driver.api.core.cql.BatchableStatement<?>) only);
    }
    if (only == null) {
      return Future.succeededFuture(Outcome.APPLIED);
    }
    Future<ResultSet> asked = cql.change(batch.getStatementsCount() == 1 ? only : batch.build());
    return asked.transform(
        done -> {
          if (done.failed()) {
            return lost.resolve(attempt, done.cause(), () -> read(attempt))
                .compose(found -> again(found, attempt, rounds));
          }
          if (done.result().wasApplied()) {
            return Future.succeededFuture(Outcome.APPLIED);
          }
          return read(attempt)
              .compose(
                  found -> {
                    Outcome conflict = attempt.conflict(found, now.getAsLong());
                    return conflict != null
                        ? Future.succeededFuture(conflict)
                        : attempt(attempt, found, rounds - 1);
                  });
        });
  }

  private Future<Outcome> again(LostAnswers.Found found, Attempt attempt, int rounds) {
    Outcome outcome = found.outcome();
    return outcome != null
        ? Future.succeededFuture(outcome)
        : attempt(attempt, found.rows(), rounds - 1);
  }

  private Future<Map<Bytes, Present>> read(Attempt attempt) {
    return selects
        .some(attempt.table(), attempt.partition(), attempt.sorts(), true)
        .map(
            rows -> {
              Map<Bytes, Present> found = new HashMap<>();
              rows.forEach(row -> Present.of(row).ifPresent(p -> found.put(p.sort(), p)));
              return found;
            });
  }

  Future<Boolean> reseal(Row row, Bytes body) {
    return selects
        .one(row.key())
        .compose(
            found -> {
              Optional<Present> there = found.stream().findFirst().flatMap(Present::of);
              return there.isPresent()
                      && there.get().version() == row.version()
                      && there.get().body().equals(row.body())
                  ? cql.read(conditions.reseal(row.key(), there.get(), body, now.getAsLong()))
                      .map(ResultSet::wasApplied)
                  : Future.succeededFuture(false);
            });
  }

  /** By compare-and-set, as every change here. */
  Future<Void> drop(Table table, Bytes partition) {
    return selects
        .range(table, partition, Range.first(PAGE_ROWS))
        .compose(
            rows -> {
              if (rows.isEmpty()) {
                return Future.succeededFuture();
              }
              BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
              rows.forEach(
                  row ->
                      batch.addStatement(
                          conditions.remove(table.key(partition, Selects.bytes(row, "sort")))));
              return cql.read(batch.build()).compose(done -> drop(table, partition));
            });
  }
}
