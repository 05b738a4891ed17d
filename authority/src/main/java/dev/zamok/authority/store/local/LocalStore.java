package dev.zamok.authority.store.local;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.Schema;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in the database file that the local log uses too, so that a copy of that file is
 * consistent.
 *
 * <p>One table for all rows:
 *
 * <pre>
 * store_row (tbl TEXT, part BLOB, sort BLOB, version INTEGER, body BLOB, expires INTEGER or NULL)
 *   unique (tbl, part, sort); by (expires) where it is set
 * </pre>
 *
 * <p>{@code expires} is in milliseconds since 1970. Expired rows are invisible at once and removed
 * once a minute. The database belongs to the caller, who closes it after this.
 */
public final class LocalStore implements Store {
  static final Schema SCHEMA =
      new Schema(
          "store",
          List.of(
              List.of(
                  "CREATE TABLE store_row (tbl TEXT NOT NULL, part BLOB NOT NULL,"
                      + " sort BLOB NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,"
                      + " expires INTEGER) STRICT",
                  "CREATE UNIQUE INDEX store_row_key ON store_row (tbl, part, sort)",
                  "CREATE INDEX store_row_expires ON store_row (expires)"
                      + " WHERE expires IS NOT NULL")));

  private static final Logger LOG = LoggerFactory.getLogger(LocalStore.class);
  private static final long SWEEP_MILLIS = 60_000;
  private static final int SWEEP_ROWS_MAX = 2_000;

  private final Vertx vertx;
  private final Database database;
  private final Clock clock;
  private long sweeper = -1;

  private LocalStore(Vertx vertx, Database database, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
  }

  /** Makes the table if it is missing. Fails as {@link Database#prepare}. */
  public static Future<LocalStore> open(Vertx vertx, Database database, Clock clock) {
    LocalStore store = new LocalStore(vertx, database, clock);
    return database
        .prepare(SCHEMA)
        .map(
            v -> {
              store.sweeper = vertx.setPeriodic(SWEEP_MILLIS, id -> store.sweepLogged());
              return store;
            });
  }

  @Override
  public Future<Optional<Row>> get(RowKey key) {
    long now = clock.millis();
    return database
        .read(session -> new Rows(session, now).get(key))
        .map(found -> found == null ? Optional.empty() : found);
  }

  @Override
  public Future<List<Row>> range(Table table, Bytes partition, Range range) {
    long now = clock.millis();
    return database.read(session -> new Rows(session, now).range(table, partition, range));
  }

  @Override
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    Store.requireBatch(table, changes);
    long now = clock.millis();
    Future<Outcome> outcome =
        database.write(session -> new Rows(session, now).batch(table, partition, changes));
    return outcome.recover(LocalStore::unknown);
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return database.write(
        session -> {
          session.update(
              "DELETE FROM store_row WHERE tbl = ? AND part = ?", table.name(), partition);
          return null;
        });
  }

  @Override
  public Future<List<Row>> scan(Table table, @Nullable RowKey after, int limit) {
    if (limit < 1 || limit > Range.LIMIT_MAX) {
      throw new IllegalArgumentException("scan of " + limit + " rows");
    }
    long now = clock.millis();
    return database.read(session -> new Rows(session, now).scan(table, after, limit));
  }

  @Override
  public Future<Boolean> reseal(Row row, Bytes body) {
    return database.write(
        session ->
            session.update(
                    "UPDATE store_row SET body = ? WHERE tbl = ? AND part = ? AND sort = ?"
                        + " AND version = ? AND body = ?",
                    body,
                    row.key().table().name(),
                    row.key().partition(),
                    row.key().sort(),
                    row.version(),
                    row.body())
                == 1);
  }

  @Override
  public Future<Set<String>> tables() {
    return database.read(Rows::tables);
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(sweeper);
    return Future.succeededFuture();
  }

  /** Removes expired rows, a bounded number; yields how many. */
  Future<Integer> sweep() {
    long now = clock.millis();
    return database.write(
        session ->
            session.update(
                "DELETE FROM store_row WHERE rowid IN (SELECT rowid FROM store_row"
                    + " WHERE expires IS NOT NULL AND expires <= ? LIMIT ?)",
                now,
                SWEEP_ROWS_MAX));
  }

  private void sweepLogged() {
    sweep().onFailure(e -> LOG.warn("expired rows could not be removed: {}", e.getMessage()));
  }

  private static Future<Outcome> unknown(Throwable cause) {
    return cause instanceof Unavailable failed && failed.outcomeUnknown()
        ? Future.succeededFuture(Outcome.UNKNOWN)
        : Future.failedFuture(cause);
  }
}
