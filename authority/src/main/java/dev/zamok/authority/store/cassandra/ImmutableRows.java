package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that are inserted and never replaced, in the CQL table
 *
 * <pre>
 * immutable_row ((tbl text, part blob), sort blob, value blob)
 *   value: expires u64 (milliseconds since 1970, 2^63 - 1 for never) ‖ body
 * </pre>
 *
 * <p>One cell holds everything, so that two writers never leave a mixture. Every insert carries the
 * same write time, {@value #INSERTED}: a late or repeated one changes nothing that came after it,
 * whatever the clocks say. Another seal takes the place by a write time one greater; removing uses
 * {@value #DROPPED}, above all of them.
 */
final class ImmutableRows {
  private static final long INSERTED = 1;
  private static final long DROPPED = 1L << 40;
  private static final int PREFIX_BYTES = Long.BYTES;
  private static final int PAGE_ROWS = 500;

  private final Cql cql;
  private final Clock clock;
  private final Selects selects;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement sorts;

  private ImmutableRows(Cql cql, Clock clock, Selects selects, List<PreparedStatement> prepared) {
    this.cql = cql;
    this.clock = clock;
    this.selects = selects;
    this.insert = prepared.get(0);
    this.delete = prepared.get(1);
    this.sorts = prepared.get(2);
  }

  static Future<ImmutableRows> prepare(Cql cql, String keyspace, Clock clock) {
    String table = keyspace + ".immutable_row";
    Future<Selects> selects = Selects.prepare(cql, table, "value, WRITETIME(value) AS written");
    Future<PreparedStatement> insert =
        cql.prepare(
            "INSERT INTO "
                + table
                + " (tbl, part, sort, value) VALUES (:tbl, :part, :sort, :value)"
                + " USING TIMESTAMP :written AND TTL :seconds",
            true);
    Future<PreparedStatement> delete =
        cql.prepare(
            "DELETE FROM "
                + table
                + " USING TIMESTAMP :written WHERE tbl = :tbl AND part = :part AND sort = :sort",
            true);
    Future<PreparedStatement> sorts =
        cql.prepare("SELECT sort FROM " + table + " WHERE tbl = :tbl AND part = :part", true);
    return Future.all(selects, insert, delete, sorts)
        .map(
            all ->
                new ImmutableRows(
                    cql,
                    clock,
                    selects.result(),
                    List.of(insert.result(), delete.result(), sorts.result())));
  }

  Future<List<Row>> get(RowKey key) {
    return selects.one(key).map(found -> live(key.table(), key.partition(), found));
  }

  Future<List<Row>> range(Table table, Bytes partition, Range range) {
    return Refill.read(selects, table, partition, range, found -> live(table, partition, found));
  }

  private List<Row> live(
      Table table, Bytes partition, List<com.datastax.oss.driver.api.core.cql.Row> found) {
    long now = clock.millis();
    List<Row> rows = new ArrayList<>(found.size());
    for (var row : found) {
      Present present = Present.of(row);
      if (present.expires > now) {
        rows.add(new Row(table.key(partition, present.sort), 1, present.body));
      }
    }
    return rows;
  }

  /** A row as it lies there, expired or not. */
  private record Present(Bytes sort, long expires, Bytes body, long written) {
    static Present of(com.datastax.oss.driver.api.core.cql.Row row) {
      Bytes value = Selects.bytes(row, "value");
      return new Present(
          Selects.bytes(row, "sort"),
          value.slice(0, PREFIX_BYTES).reader().u64(),
          value.slice(PREFIX_BYTES, value.size()),
          row.getLong("written"));
    }
  }

  Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    List<Bytes> keys = changes.stream().map(Change::sort).toList();
    return selects
        .some(table, partition, keys, false)
        .compose(
            found -> {
              Map<Bytes, Present> present = new HashMap<>();
              found.forEach(row -> present.put(Selects.bytes(row, "sort"), Present.of(row)));
              return insert(table, partition, changes, present);
            });
  }

  private Future<Outcome> insert(
      Table table, Bytes partition, List<Change> changes, Map<Bytes, Present> present) {
    long now = clock.millis();
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < changes.size(); i++) {
      Change.Insert change = (Change.Insert) changes.get(i);
      Present there = present.get(change.sort());
      if (there != null && there.expires > now) {
        if (!there.body.equals(change.body())) {
          return Future.succeededFuture(Outcome.conflict(i, 1));
        }
      } else {
        long written = there == null ? INSERTED : there.written + 1;
        long expires = Expiry.millis(change.expires());
        RowKey key = table.key(partition, change.sort());
        batch.addStatement(insert(key, change.body(), expires, written));
      }
    }
    if (batch.getStatementsCount() == 0) {
      return Future.succeededFuture(Outcome.APPLIED);
    }
    // One partition: the batch is one write, whole or not at all, without a batch log.
    BatchStatement statement = batch.setIdempotence(true).build();
    return cql.change(statement)
        .recover(failure -> cql.change(statement))
        .map(Outcome.APPLIED)
        .recover(ImmutableRows::unknown);
  }

  private BoundStatement insert(RowKey key, Bytes body, long expires, long written) {
    Bytes value = new ByteWriter(PREFIX_BYTES + body.size()).u64(expires).bytes(body).toBytes();
    return Selects.place(insert, key.table(), key.partition())
        .setByteBuffer("sort", key.sort().asByteBuffer())
        .setByteBuffer("value", value.asByteBuffer())
        .setLong("written", written)
        .setInt("seconds", Expiry.seconds(expires, clock.millis()))
        .build();
  }

  private static Future<Outcome> unknown(Throwable failure) {
    boolean never =
        failure instanceof UnavailableException
            || (failure instanceof AllNodesFailedException all && all.getAllErrors().isEmpty());
    return never ? Cql.unavailable(failure) : Future.succeededFuture(Outcome.UNKNOWN);
  }

  /** Content does not change with its seal: of two who do this at once either may win. */
  Future<Boolean> reseal(Row row, Bytes body) {
    return selects
        .one(row.key())
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(false);
              }
              Present there = Present.of(found.get(0));
              if (!there.body.equals(row.body())) {
                return Future.succeededFuture(false);
              }
              return cql.read(insert(row.key(), body, there.expires, there.written + 1)).map(true);
            });
  }

  /** Row by row: a mark on the whole partition would hide other keys that come later. */
  Future<Void> drop(Table table, Bytes partition) {
    return cql.all(Selects.place(sorts, table, partition).setPageSize(PAGE_ROWS).build())
        .compose(found -> drop(table, partition, found, 0));
  }

  private Future<Void> drop(
      Table table, Bytes partition, List<com.datastax.oss.driver.api.core.cql.Row> rows, int from) {
    if (from >= rows.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(rows.size(), from + PAGE_ROWS);
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (var row : rows.subList(from, to)) {
      batch.addStatement(
          Selects.place(delete, table, partition)
              .setByteBuffer("sort", row.getByteBuffer("sort"))
              .setLong("written", DROPPED)
              .build());
    }
    return cql.read(batch.setIdempotence(true).build())
        .compose(done -> drop(table, partition, rows, to));
  }
}
