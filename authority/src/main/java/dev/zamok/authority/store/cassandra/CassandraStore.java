package dev.zamok.authority.store.cassandra;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store on a ring of Cassandra 4.1 or later, or ScyllaDB, as {@link CassandraSchema} prepared
 * it.
 *
 * <p>Two CQL tables hold the rows of all tables, one for rows that are inserted once, one for those
 * that change by compare-and-set ({@code VERSIONED} and {@code DECIDED}): {@link ImmutableRows},
 * {@link VersionedRows}. So a new table of a domain needs no change of the schema, and no statement
 * is built from a name.
 *
 * <p>More than {@link CassandraConfig.Limits#callsMax} calls at once are refused with {@link
 * dev.zamok.protocol.Unavailable}.
 */
public final class CassandraStore implements Store {
  private final Cql cql;
  private final Gate gate;
  private final ImmutableRows immutable;
  private final VersionedRows versioned;
  private final TableNames names;
  private final Scan immutableScan;
  private final Scan versionedScan;

  private CassandraStore(Cql cql, Gate gate, Parts parts) {
    this.cql = cql;
    this.gate = gate;
    this.immutable = parts.immutable;
    this.versioned = parts.versioned;
    this.names = parts.names;
    this.immutableScan = parts.immutableScan;
    this.versionedScan = parts.versionedScan;
  }

  private record Parts(
      ImmutableRows immutable,
      VersionedRows versioned,
      TableNames names,
      Scan immutableScan,
      Scan versionedScan) {}

  /** As {@link #open(Vertx, CassandraConfig, Clock)} by the system's clock. */
  public static Future<CassandraStore> open(Vertx vertx, CassandraConfig config) {
    return open(vertx, config, Clock.systemUTC());
  }

  /**
   * Connects, and looks whether ring and schema are as configured. Fails with {@link
   * CassandraProblem}; then nothing stays open.
   *
   * @param clock decides what has expired
   */
  public static Future<CassandraStore> open(Vertx vertx, CassandraConfig config, Clock clock) {
    return Cql.connect(vertx, config)
        .compose(
            cql ->
                Inspection.ready(cql, config)
                    .compose(v -> Patience.ask(vertx, () -> prepare(cql, config, clock)))
                    .recover(
                        failure ->
                            cql.close().transform(done -> Future.failedFuture(problem(failure)))));
  }

  private static Throwable problem(Throwable failure) {
    return failure instanceof CassandraProblem
        ? failure
        : new CassandraProblem("the ring does not answer: " + Cql.reason(failure));
  }

  private static Future<CassandraStore> prepare(Cql cql, CassandraConfig config, Clock clock) {
    String keyspace = config.keyspace().name();
    Future<ImmutableRows> immutable = ImmutableRows.prepare(cql, keyspace, clock);
    Future<VersionedRows> versioned = VersionedRows.prepare(cql, keyspace, clock, config.limits());
    Future<TableNames> names = TableNames.prepare(cql, keyspace);
    return Future.all(immutable, versioned, names)
        .compose(
            all -> {
              Future<Scan> first =
                  Scan.prepare(cql, keyspace + ".immutable_row", immutable.result()::range);
              Future<Scan> second =
                  Scan.prepare(cql, keyspace + ".versioned_row", versioned.result()::range);
              return Future.all(first, second)
                  .map(
                      both ->
                          new Parts(
                              immutable.result(),
                              versioned.result(),
                              names.result(),
                              first.result(),
                              second.result()));
            })
        .map(
            parts ->
                new CassandraStore(cql, new Gate(cql.vertx(), config.limits().callsMax()), parts));
  }

  @Override
  public Future<Optional<Row>> get(RowKey key) {
    return gate.pass(() -> isImmutable(key.table()) ? immutable.get(key) : versioned.get(key))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Future<List<Row>> range(Table table, Bytes partition, Range range) {
    return gate.pass(
        () ->
            isImmutable(table)
                ? immutable.range(table, partition, range)
                : versioned.range(table, partition, range));
  }

  @Override
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    Store.requireBatch(table, changes);
    return gate.pass(
        () ->
            names
                .note(table)
                .compose(
                    v ->
                        isImmutable(table)
                            ? immutable.batch(table, partition, changes)
                            : versioned.batch(table, partition, changes)));
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return gate.pass(
        () ->
            isImmutable(table)
                ? immutable.drop(table, partition)
                : versioned.drop(table, partition));
  }

  @Override
  public Future<List<Row>> scan(Table table, @Nullable RowKey after, int limit) {
    if (limit < 1 || limit > Range.LIMIT_MAX) {
      throw new IllegalArgumentException("scan of " + limit + " rows");
    }
    return gate.pass(
        () -> (isImmutable(table) ? immutableScan : versionedScan).rows(table, after, limit));
  }

  @Override
  public Future<Boolean> reseal(Row row, Bytes body) {
    return gate.pass(
        () ->
            isImmutable(row.key().table())
                ? immutable.reseal(row, body)
                : versioned.reseal(row, body));
  }

  @Override
  public Future<Set<String>> tables() {
    return gate.pass(names::all);
  }

  @Override
  public Future<Void> close() {
    return gate.close().compose(v -> cql.close());
  }

  /** How many compare-and-sets were not answered since the start. */
  public int lostAnswers() {
    return versioned.lostAnswers();
  }

  private static boolean isImmutable(Table table) {
    return table.kind() == Table.Kind.IMMUTABLE;
  }
}
