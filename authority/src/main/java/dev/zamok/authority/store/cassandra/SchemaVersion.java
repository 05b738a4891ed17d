package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Which migrations a keyspace has behind it, and who is at it, in the CQL table
 *
 * <pre>
 * schema_state (name text, version int, holder uuid)
 *   "schema": version; "lock": holder, with a time to live
 * </pre>
 *
 * <p>Changed by lightweight transactions alone.
 */
final class SchemaVersion {
  /** A migration that died lets go after this time; one that lives renews it before each step. */
  private static final int LOCK_SECONDS = 90;

  private static final String VERSION = "schema";
  private static final String LOCK = "lock";

  private final Cql cql;
  private final String keyspace;
  private final String table;

  SchemaVersion(Cql cql, String keyspace) {
    this.cql = cql;
    this.keyspace = keyspace;
    this.table = keyspace + ".schema_state";
  }

  /**
   * What makes the table. Its id follows from its name, so that two who make it at the same moment
   * make one table: until it is there, nothing else keeps them apart.
   */
  String create() {
    UUID id = UUID.nameUUIDFromBytes(("zamok " + table).getBytes(StandardCharsets.UTF_8));
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (name text PRIMARY KEY, version int, holder uuid) WITH ID = "
        + id;
  }

  /** 0 before the first migration. */
  Future<Integer> read() {
    return prepared("SELECT version FROM " + table + " WHERE name = :name")
        .compose(
            read ->
                cql.change(
                    read.boundStatementBuilder()
                        .setString("name", VERSION)
                        .setConsistencyLevel(
                            com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL)
                        .build()))
        .map(
            found -> {
              var row = found.one();
              return row == null ? 0 : row.getInt("version");
            });
  }

  /** Fails with {@link CassandraProblem} unless it is the one that this program works with. */
  Future<Void> require() {
    return read()
        .recover(
            failure ->
                // The keyspace is there, the table is not.
                failure instanceof InvalidQueryException
                    ? Future.succeededFuture(0)
                    : Future.failedFuture(failure))
        .map(
            version -> {
              requireNotNewer(version);
              if (version < Migrations.LATEST) {
                throw new CassandraProblem(
                    "the schema of keyspace %s has version %d, and this program needs %d:"
                            .formatted(keyspace, version, Migrations.LATEST)
                        + " run ./zamok migrate");
              }
              return null;
            });
  }

  void requireNotNewer(int version) {
    if (version > Migrations.LATEST) {
      throw new CassandraProblem(
          "the schema of keyspace %s has version %d, and this program knows %d: run a newer one"
              .formatted(keyspace, version, Migrations.LATEST));
    }
  }

  /** False when it was not {@code from} any more. */
  Future<Boolean> advance(int from, int to) {
    String condition = from == 0 ? "version = null" : "version = :former";
    return prepared(
            "UPDATE " + table + " SET version = :version WHERE name = :name IF " + condition)
        .compose(
            update -> {
              var bound =
                  update.boundStatementBuilder().setString("name", VERSION).setInt("version", to);
              if (from > 0) {
                bound = bound.setInt("former", from);
              }
              return cql.change(bound.build());
            })
        .map(ResultSet::wasApplied);
  }

  /** True when {@code holder} has the lock now: nobody had it. */
  Future<Boolean> lock(UUID holder) {
    return lock(holder, "holder = null", false);
  }

  /** True when {@code holder} still has the lock, for another while. */
  Future<Boolean> renew(UUID holder) {
    return lock(holder, "holder = :former", true);
  }

  private Future<Boolean> lock(UUID holder, String condition, boolean renewed) {
    return prepared(
            "UPDATE "
                + table
                + " USING TTL "
                + LOCK_SECONDS
                + " SET holder = :holder WHERE name = :name IF "
                + condition)
        .compose(
            update -> {
              var bound =
                  update.boundStatementBuilder().setString("name", LOCK).setUuid("holder", holder);
              if (renewed) {
                bound = bound.setUuid("former", holder);
              }
              return cql.change(bound.build());
            })
        .map(ResultSet::wasApplied);
  }

  Future<Void> unlock(UUID holder) {
    return prepared("DELETE FROM " + table + " WHERE name = :name IF holder = :holder")
        .compose(
            delete ->
                cql.change(
                    delete
                        .boundStatementBuilder()
                        .setString("name", LOCK)
                        .setUuid("holder", holder)
                        .build()))
        .mapEmpty();
  }

  private Future<PreparedStatement> prepared(String text) {
    return cql.prepare(text, false);
  }
}
