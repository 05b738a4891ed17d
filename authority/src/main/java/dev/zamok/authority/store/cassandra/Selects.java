package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Reads of one CQL table: a row, some rows, a run of rows of one partition. */
final class Selects {
  /** Of one request. ScyllaDB takes at most 100 by default. */
  private static final int KEYS_MAX = 100;

  /** A page of the largest usual rows must fit a frame of the protocol. */
  private static final int PAGE_ROWS = 200;

  private final Cql cql;
  private final PreparedStatement one;
  private final PreparedStatement some;
  private final PreparedStatement forward;
  private final PreparedStatement forwardTo;
  private final PreparedStatement backward;
  private final PreparedStatement backwardTo;

  private Selects(Cql cql, List<PreparedStatement> prepared) {
    this.cql = cql;
    this.one = prepared.get(0);
    this.some = prepared.get(1);
    this.forward = prepared.get(2);
    this.forwardTo = prepared.get(3);
    this.backward = prepared.get(4);
    this.backwardTo = prepared.get(5);
  }

  /**
   * Prepares the statements.
   *
   * @param table with its keyspace
   */
  static Future<Selects> prepare(Cql cql, String table, String columns) {
    String from =
        "SELECT sort, "
            + columns
            + " FROM "
            + table
            + " WHERE tbl = :tbl AND part = :part AND sort ";
    String descending = " ORDER BY sort DESC LIMIT :rows";
    List<Future<PreparedStatement>> prepared = new ArrayList<>();
    for (String rest :
        List.of(
            "= :sort",
            "IN :sorts",
            ">= :least LIMIT :rows",
            ">= :least AND sort < :stop LIMIT :rows",
            ">= :least" + descending,
            ">= :least AND sort < :stop" + descending)) {
      prepared.add(cql.prepare(from + rest, true));
    }
    return Future.all(prepared).map(all -> new Selects(cql, all.list()));
  }

  Future<List<Row>> one(RowKey key) {
    return cql.all(
        place(one, key.table(), key.partition())
            .setByteBuffer("sort", key.sort().asByteBuffer())
            .build());
  }

  /** Those of the rows that are there. */
  Future<List<Row>> some(Table table, Bytes partition, List<Bytes> sorts, boolean serial) {
    List<Future<List<Row>>> reads = new ArrayList<>();
    for (int i = 0; i < sorts.size(); i += KEYS_MAX) {
      var keys =
          sorts.subList(i, Math.min(sorts.size(), i + KEYS_MAX)).stream()
              .map(Bytes::asByteBuffer)
              .toList();
      BoundStatement statement =
          place(some, table, partition).setList("sorts", keys, java.nio.ByteBuffer.class).build();
      reads.add(
          cql.all(serial ? statement.setConsistencyLevel(ConsistencyLevel.SERIAL) : statement));
    }
    return Future.all(reads)
        .map(all -> all.<List<Row>>list().stream().flatMap(List::stream).toList());
  }

  Future<List<Row>> range(Table table, Bytes partition, Range range) {
    Bytes to = range.to();
    if (to != null && compare(range.from(), to) >= 0) {
      // Cassandra refuses a range that cannot have rows.
      return Future.succeededFuture(List.of());
    }
    PreparedStatement statement =
        to == null
            ? (range.reverse() ? backward : forward)
            : range.reverse() ? backwardTo : forwardTo;
    BoundStatementBuilder bound =
        place(statement, table, partition)
            .setByteBuffer("least", range.from().asByteBuffer())
            .setInt("rows", range.limit())
            .setPageSize(PAGE_ROWS);
    if (to != null) {
      bound = bound.setByteBuffer("stop", to.asByteBuffer());
    }
    return cql.all(bound.build());
  }

  static BoundStatementBuilder place(PreparedStatement statement, Table table, Bytes partition) {
    return statement
        .boundStatementBuilder()
        .setString("tbl", table.name())
        .setByteBuffer("part", partition.asByteBuffer());
  }

  static Bytes bytes(Row row, String column) {
    var buffer = row.getByteBuffer(column);
    if (buffer == null) {
      throw new IllegalStateException("a row without " + column);
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return Bytes.wrap(copy);
  }

  /** As unsigned bytes, a prefix before what it begins. */
  static int compare(Bytes a, Bytes b) {
    return java.util.Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
  }
}
