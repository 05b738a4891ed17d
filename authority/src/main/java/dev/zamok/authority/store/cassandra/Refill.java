package dev.zamok.authority.store.cassandra;

import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Completes a range of which some rows had expired: the ring counted them towards the limit.
 *
 * @param source reads a range of live rows, refilled itself
 */
record Refill(Table table, Bytes partition, Range range, Source source) {
  /** How a range is read. */
  interface Source {
    Future<List<Row>> range(Table table, Bytes partition, Range range);
  }

  /**
   * Reads a range of rows that are live.
   *
   * @param live picks these from what the ring has
   */
  static Future<List<Row>> read(
      Selects selects,
      Table table,
      Bytes partition,
      Range range,
      Function<List<com.datastax.oss.driver.api.core.cql.Row>, List<Row>> live) {
    return selects
        .range(table, partition, range)
        .compose(
            found ->
                new Refill(table, partition, range, (t, p, rest) -> read(selects, t, p, rest, live))
                    .with(
                        live.apply(found),
                        found.size() == range.limit()
                            ? Selects.bytes(found.get(found.size() - 1), "sort")
                            : null));
  }

  /**
   * The range's rows.
   *
   * @param live those of the first read that are live
   * @param last the sort key where the first read stopped at its limit; null when it saw all
   */
  Future<List<Row>> with(List<Row> live, @Nullable Bytes last) {
    int missing = range.limit() - live.size();
    if (last == null || missing == 0) {
      return Future.succeededFuture(live);
    }
    Range rest =
        range.reverse()
            ? new Range(range.from(), last, missing, true)
            : new Range(Range.after(last, 1).from(), range.to(), missing, false);
    return source
        .range(table, partition, rest)
        .map(
            more -> {
              List<Row> all = new ArrayList<>(live);
              all.addAll(more);
              return all;
            });
  }
}
