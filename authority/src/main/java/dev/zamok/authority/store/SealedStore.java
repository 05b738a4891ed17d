package dev.zamok.authority.store;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store as domains see it: bodies go in and come out in the clear, and never reach the driver
 * unsealed. A row that does not open fails the read with {@link dev.zamok.crypto.CryptoFailure}: it
 * was changed behind our back, and nothing is served in its place.
 *
 * <p>Failures and threads as for {@link Store}.
 */
public final class SealedStore {
  /** Of a body in the clear. */
  public static final int BODY_BYTES_MAX = Row.BODY_BYTES_MAX - 256;

  /** How often an insert that meets rows which vanish again is repeated. */
  private static final int INSERT_ROUNDS_MAX = 3;

  private final Store store;
  private final RowSeal seal;

  public SealedStore(Store store, RowSeal seal) {
    this.store = store;
    this.seal = seal;
  }

  public Future<Optional<Row>> get(RowKey key) {
    return store.get(key).map(found -> found.map(this::open));
  }

  /** See {@link Store#range}. */
  public Future<List<Row>> range(Table table, Bytes partition, Range range) {
    return store.range(table, partition, range).map(this::open);
  }

  /** See {@link Store#scan}: for maintenance and sweeps. */
  public Future<List<Row>> scan(Table table, @Nullable RowKey after, int limit) {
    return store.scan(table, after, limit).map(this::open);
  }

  public Future<Outcome> insert(RowKey key, Bytes body) {
    return change(key, Change.insert(key.sort(), body));
  }

  /** Replaces the row of version {@code expected}; its version becomes one more. */
  public Future<Outcome> put(RowKey key, long expected, Bytes body) {
    return change(key, Change.put(key.sort(), expected, body));
  }

  public Future<Outcome> delete(RowKey key, long expected) {
    return change(key, Change.delete(key.sort(), expected));
  }

  /**
   * Makes all changes or none. In an insert-only table rows that are there already with the same
   * content count as inserted.
   */
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    if (changes.isEmpty()) {
      return Future.succeededFuture(Outcome.APPLIED);
    }
    List<Change> sealed = new ArrayList<>(changes.size());
    for (Change change : changes) {
      sealed.add(seal(table.key(partition, change.sort()), change));
    }
    Future<Outcome> outcome = store.batch(table, partition, sealed);
    if (!table.kind().insertOnly()) {
      return outcome;
    }
    List<Change.Insert> inserts = changes.stream().map(Change.Insert.class::cast).toList();
    return outcome.compose(
        first ->
            first.state() == Outcome.State.CONFLICT
                ? insertMissing(table, partition, inserts, INSERT_ROUNDS_MAX)
                : Future.succeededFuture(first));
  }

  /**
   * A row as it lies there.
   *
   * @param row sealed
   * @param body empty when it does not open
   */
  public record Found(Row row, Optional<Bytes> body) {}

  /** A row whether it opens or not: for repairs. */
  public Future<Optional<Found>> inspect(RowKey key) {
    return store.get(key).map(found -> found.map(this::inspected));
  }

  private Found inspected(Row row) {
    try {
      return new Found(row, Optional.of(open(row).body()));
    } catch (CryptoFailure e) {
      return new Found(row, Optional.empty());
    }
  }

  /**
   * Puts other content in the place of an immutable row. False when it has changed since. See
   * {@link Store#reseal}.
   */
  public Future<Boolean> repair(Found found, Bytes body) {
    Row row = found.row();
    return store.reseal(row, seal(row.key(), row.version(), body));
  }

  /** See {@link Store#drop}. */
  public Future<Void> drop(Table table, Bytes partition) {
    return store.drop(table, partition);
  }

  private Future<Outcome> change(RowKey key, Change change) {
    return batch(key.table(), key.partition(), List.of(change));
  }

  /** Seals differ each time, so whether content is the same can only be told here. */
  private Future<Outcome> insertMissing(
      Table table, Bytes partition, List<Change.Insert> changes, int rounds) {
    if (rounds == 0) {
      return Future.failedFuture(new Unavailable("rows come and go", false));
    }
    List<Future<Optional<Row>>> reads = new ArrayList<>();
    for (Change change : changes) {
      reads.add(get(table.key(partition, change.sort())));
    }
    return Future.all(reads)
        .compose(
            all -> {
              List<Change.Insert> missing = new ArrayList<>();
              for (int i = 0; i < changes.size(); i++) {
                Optional<Row> present = reads.get(i).result();
                if (present.isEmpty()) {
                  missing.add(changes.get(i));
                } else if (!present.get().body().equals(changes.get(i).body())) {
                  return Future.succeededFuture(Outcome.conflict(i, present.get().version()));
                }
              }
              return insertRest(table, partition, missing, rounds);
            });
  }

  private Future<Outcome> insertRest(
      Table table, Bytes partition, List<Change.Insert> missing, int rounds) {
    if (missing.isEmpty()) {
      return Future.succeededFuture(Outcome.APPLIED);
    }
    List<Change> sealed = new ArrayList<>(missing.size());
    for (Change change : missing) {
      sealed.add(seal(table.key(partition, change.sort()), change));
    }
    return store
        .batch(table, partition, sealed)
        .compose(
            outcome ->
                outcome.state() == Outcome.State.CONFLICT
                    ? insertMissing(table, partition, missing, rounds - 1)
                    : Future.succeededFuture(outcome));
  }

  private Change seal(RowKey key, Change change) {
    return change.accept(
        new Change.Visitor<>() {
          @Override
          public Change insert(Change.Insert c) {
            return new Change.Insert(c.sort(), seal(key, 1, c.body()), c.expires());
          }

          @Override
          public Change put(Change.Put c) {
            Bytes body = seal(key, c.expected() + 1, c.body());
            return new Change.Put(c.sort(), c.expected(), body, c.expires());
          }

          @Override
          public Change delete(Change.Delete c) {
            return c;
          }
        });
  }

  private Bytes seal(RowKey key, long version, Bytes body) {
    if (body.size() > BODY_BYTES_MAX) {
      throw new IllegalArgumentException("row of " + body.size() + " bytes");
    }
    return seal.seal(key, version, body);
  }

  private List<Row> open(List<Row> rows) {
    return rows.stream().map(this::open).toList();
  }

  private Row open(Row row) {
    return row.withBody(seal.open(row.key(), row.version(), row.body()));
  }
}
