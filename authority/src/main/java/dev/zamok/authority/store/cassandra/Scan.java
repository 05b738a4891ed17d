package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads all rows of a table in the order of the ring: the partitions' keys a page at a time, then
 * each partition. So no request has to read more than a page before it can answer, however few rows
 * of a large ring belong to the table.
 */
final class Scan {
  private static final int PAGE_PARTITIONS = 500;
  private static final Bytes LEAST = Bytes.EMPTY;

  private final Cql cql;
  private final PreparedStatement all;
  private final PreparedStatement from;
  private final Refill.Source source;

  private Scan(Cql cql, PreparedStatement all, PreparedStatement from, Refill.Source source) {
    this.cql = cql;
    this.all = all;
    this.from = from;
    this.source = source;
  }

  /**
   * Prepares the statements.
   *
   * @param cqlTable with its keyspace
   * @param source reads the rows of one partition
   */
  static Future<Scan> prepare(Cql cql, String cqlTable, Refill.Source source) {
    String keys = "SELECT DISTINCT tbl, part, token(tbl, part) AS place FROM " + cqlTable;
    return cql.prepare(keys, true)
        .compose(
            all ->
                cql.prepare(keys + " WHERE token(tbl, part) >= :place", true)
                    .map(from -> new Scan(cql, all, from, source)));
  }

  Future<List<Row>> rows(Table table, @Nullable RowKey after, int limit) {
    if (after == null) {
      return cql.read(all.boundStatementBuilder().setPageSize(PAGE_PARTITIONS).build())
          .compose(first -> new Run(table, null, null, limit).page(first));
    }
    return cql.metadata()
        .compose(
            metadata -> {
              Token place = token(metadata.getTokenMap().orElse(null), after);
              return source
                  .range(table, after.partition(), Range.after(after.sort(), limit))
                  .compose(rest -> follow(table, after, place, rest, limit));
            });
  }

  private static Token token(@Nullable TokenMap tokens, RowKey key) {
    if (tokens == null) {
      throw new Unavailable("the ring does not tell its tokens", false);
    }
    ByteBuffer table = ByteBuffer.wrap(key.table().name().getBytes(StandardCharsets.UTF_8));
    return tokens.newToken(table, key.partition().asByteBuffer());
  }

  private Future<List<Row>> follow(
      Table table, RowKey after, Token place, List<Row> rest, int limit) {
    if (rest.size() == limit) {
      return Future.succeededFuture(rest);
    }
    Run run = new Run(table, place, after.partition(), limit);
    run.rows.addAll(rest);
    return cql.read(
            from.boundStatementBuilder()
                .setToken("place", place)
                .setPageSize(PAGE_PARTITIONS)
                .build())
        .compose(run::page);
  }

  /** One call. */
  private final class Run {
    private final Table table;
    private final @Nullable Token place;
    private final @Nullable Bytes done;
    private final int limit;
    private final List<Row> rows = new ArrayList<>();

    Run(Table table, @Nullable Token place, @Nullable Bytes done, int limit) {
      this.table = table;
      this.place = place;
      this.done = done;
      this.limit = limit;
    }

    Future<List<Row>> page(ResultSet page) {
      Deque<Bytes> partitions = new ArrayDeque<>();
      for (var row : page.currentPage()) {
        if (table.name().equals(row.getString("tbl"))) {
          Bytes partition = Selects.bytes(row, "part");
          if (!isDone(Objects.requireNonNull(row.getToken("place")), partition)) {
            partitions.add(partition);
          }
        }
      }
      return partitions(partitions)
          .compose(
              v ->
                  rows.size() == limit || !page.hasMorePages()
                      ? Future.succeededFuture(rows)
                      : page.fetchNextPage().recover(Cql::unavailable).compose(this::page));
    }

    /** Of one place, keys are in the order of their length, then of their bytes. */
    private boolean isDone(Token at, Bytes partition) {
      if (done == null || !at.equals(place)) {
        return false;
      }
      return partition.size() == done.size()
          ? Selects.compare(partition, done) <= 0
          : partition.size() < done.size();
    }

    private Future<Void> partitions(Deque<Bytes> left) {
      Bytes partition = left.poll();
      int missing = limit - rows.size();
      if (partition == null || missing == 0) {
        return Future.succeededFuture();
      }
      return source
          .range(table, partition, new Range(LEAST, null, missing, false))
          .compose(
              found -> {
                rows.addAll(found);
                return partitions(left);
              });
    }
  }
}
