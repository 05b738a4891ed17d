package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.HashSet;
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

  /** Of all bodies of a batch together. */
  int BATCH_BYTES_MAX = 4 << 20;

  Future<Optional<Row>> get(RowKey key);

  /** In the order of the sort keys, or against it. */
  Future<List<Row>> range(Table table, Bytes partition, Range range);

  /**
   * Makes all changes or none; at most {@value #BATCH_CHANGES_MAX} with {@value #BATCH_BYTES_MAX}
   * bytes, and one per row. In an insert-only table inserting the same bytes again is applied.
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
   * False when the row has changed since. Other content is for repairs alone: of two who replace an
   * immutable row at once either may win, so who repairs looks afterwards.
   */
  Future<Boolean> reseal(Row row, Bytes body);

  /**
   * The names of the tables that have rows, expired ones among them. A driver may name tables that
   * had rows once.
   */
  Future<Set<String>> tables();

  /** Whether no table has a row, see {@link #tables}. */
  default Future<Boolean> isEmpty() {
    return tables().map(Set::isEmpty);
  }

  /** Commits what is under way; later calls fail. */
  Future<Void> close();

  /**
   * Checks a batch, for drivers. Fails with {@link IllegalArgumentException} for one that has no
   * changes or too many, two of one row, bodies over the limits, or anything but inserts into an
   * insert-only table.
   */
  static void requireBatch(Table table, List<Change> changes) {
    if (changes.isEmpty() || changes.size() > BATCH_CHANGES_MAX) {
      throw new IllegalArgumentException("batch of " + changes.size() + " changes");
    }
    Set<Bytes> sorts = new HashSet<>();
    long bytes = 0;
    for (Change change : changes) {
      if (!sorts.add(change.sort())) {
        throw new IllegalArgumentException("two changes of one row");
      }
      if (table.kind().insertOnly() && !(change instanceof Change.Insert)) {
        throw new IllegalArgumentException(table.name() + " is insert only");
      }
      int size = change.bodyBytes();
      if (size > Row.BODY_BYTES_MAX) {
        throw new IllegalArgumentException("row of " + size + " bytes");
      }
      bytes += size;
    }
    if (bytes > BATCH_BYTES_MAX) {
      throw new IllegalArgumentException("batch of " + bytes + " bytes");
    }
  }
}
