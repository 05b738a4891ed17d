package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows on disk, as drivers keep them. Bodies are sealed before they come here: domains work with
 * {@link SealedStore}.
 *
 * <p>Reads see every change that was applied before they were asked. Changes are durable when their
 * future completes. Two seals of one content differ, so no two attempts to change a row carry the
 * same bytes: a driver that lost an answer finds out by comparing.
 *
 * <p>Failures: {@link dev.zamok.protocol.Unavailable}; {@link IllegalArgumentException} for a
 * change that the kind of table does not permit.
 *
 * <p>Threads: call from any Vert.x context; futures complete on it.
 */
public interface Store {
  int BATCH_CHANGES_MAX = 256;

  Future<Optional<Row>> get(RowKey key);

  /** In the order of the sort keys, or against it. */
  Future<List<Row>> range(Table table, Bytes partition, Range range);

  /**
   * Makes all changes or none; at most {@value #BATCH_CHANGES_MAX} and one per row. In a table of
   * kind {@code IMMUTABLE} inserting the same bytes again is applied.
   */
  Future<Outcome> batch(Table table, Bytes partition, List<Change> changes);

  /** Removes a partition with all its rows. Not a compare-and-set: for what is never used again. */
  Future<Void> drop(Table table, Bytes partition);

  /**
   * Rows of all partitions in an order of the driver's own, at most {@code limit} after the row at
   * {@code after}. Reads everything: for maintenance.
   */
  Future<List<Row>> scan(Table table, @Nullable RowKey after, int limit);

  /**
   * Puts another seal of the same content in the place of {@code row}, in tables of both kinds.
   * False when the row has changed since.
   */
  Future<Boolean> reseal(Row row, Bytes body);

  /** The names of the tables that have rows, expired ones among them. */
  Future<Set<String>> tables();

  /** Whether no table has a row. */
  default Future<Boolean> isEmpty() {
    return tables().map(Set::isEmpty);
  }

  /** Commits what is under way; later calls fail. */
  Future<Void> close();
}
