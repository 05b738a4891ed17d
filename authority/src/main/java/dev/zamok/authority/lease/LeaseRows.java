package dev.zamok.authority.lease;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The rows of leases and of authorities. */
final class LeaseRows {
  private final SealedStore store;

  LeaseRows(SealedStore store) {
    this.store = store;
  }

  /** One per partition, in order, those that were never stored included. */
  Future<List<LeaseRow>> leases(int partitions) {
    return store
        .range(LeaseTables.LEASE, LeaseTables.LEASES, Range.first(Range.LIMIT_MAX))
        .map(
            rows -> {
              List<LeaseRow> all = new ArrayList<>(partitions);
              for (int i = 0; i < partitions; i++) {
                all.add(LeaseRow.never(i));
              }
              for (Row row : rows) {
                LeaseRow lease = LeaseTables.lease(row);
                if (lease.partition() < partitions) {
                  all.set(lease.partition(), lease);
                }
              }
              return all;
            });
  }

  /** Seen when the rows arrived: a slow answer must not make a beat look older than it is. */
  Future<Map<Long, Liveliness.Seen>> nodes(LongSupplier nanos) {
    return store
        .range(LeaseTables.NODE, LeaseTables.NODES, Range.first(Range.LIMIT_MAX))
        .map(
            rows -> {
              long nowNanos = nanos.getAsLong();
              Map<Long, Liveliness.Seen> nodes = new HashMap<>();
              for (Row row : rows) {
                nodes.put(
                    row.sort().reader().u64(),
                    new Liveliness.Seen(NodeRow.of(row), row.version(), nowNanos));
              }
              return nodes;
            });
  }

  /**
   * Writes rows of the next versions; yields those that were written. In one write as long as
   * nobody else wants any of them.
   */
  Future<List<LeaseRow>> put(List<LeaseRow> next) {
    if (next.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return batch(next)
        .compose(
            outcome -> {
              if (outcome.applied()) {
                return Future.succeededFuture(next);
              }
              return next.size() == 1 ? Future.succeededFuture(List.of()) : oneByOne(next);
            });
  }

  private Future<List<LeaseRow>> oneByOne(List<LeaseRow> next) {
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (LeaseRow row : next) {
      outcomes.add(batch(List.of(row)));
    }
    return Future.join(outcomes)
        .transform(
            done -> {
              List<LeaseRow> put = new ArrayList<>();
              for (int i = 0; i < next.size(); i++) {
                Future<Outcome> outcome = outcomes.get(i);
                if (outcome.succeeded() && outcome.result().state() == Outcome.State.APPLIED) {
                  put.add(next.get(i));
                }
              }
              return Future.succeededFuture(put);
            });
  }

  private Future<Outcome> batch(List<LeaseRow> next) {
    List<Change> changes = new ArrayList<>(next.size());
    for (LeaseRow row : next) {
      Bytes sort = LeaseTables.leaseSort(row.partition());
      Bytes body = LeaseTables.body(row);
      changes.add(
          row.version() == 1
              ? Change.insert(sort, body)
              : Change.put(sort, row.version() - 1, body));
    }
    return store.batch(LeaseTables.LEASE, LeaseTables.LEASES, changes);
  }

  /**
   * Writes a beat over the row of {@code version}, 0 for the first one; yields its new version.
   * Fails when another version is there.
   */
  Future<Long> beat(long id, NodeRow row, long version) {
    Future<Outcome> written =
        version == 0
            ? store.insert(LeaseTables.node(id), row.body())
            : store.put(LeaseTables.node(id), version, row.body());
    return written.map(
        outcome -> {
          if (!outcome.applied()) {
            throw new dev.zamok.protocol.Unavailable("somebody else beats for us", false);
          }
          return version + 1;
        });
  }

  Future<Void> removeNode(long id, long version) {
    return store.delete(LeaseTables.node(id), version).mapEmpty();
  }
}
