package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keyspace and tables.
 *
 * <p>An administrator runs {@code ./zamok migrate} once before the first start, and after each
 * upgrade before the first new authority starts, with all nodes of the ring up. Older authorities
 * may go on meanwhile: steps only add. It may be run twice, from several machines at once, and
 * again after it was interrupted. The user needs the rights to create and alter; the authority
 * itself does not: {@code GRANT SELECT, MODIFY} on the keyspace is enough for it.
 *
 * <p>Statements that define tables cannot be bound: they hold the keyspace's and the data centre's
 * names, whose letters {@link CassandraConfig} limits.
 */
public final class CassandraSchema {
  private static final Duration LOCK_PAUSE = Duration.ofMillis(500);
  private static final int LOCK_TRIES_MAX = 240;

  private final Cql cql;
  private final CassandraConfig config;
  private final SchemaVersion version;
  private final UUID self = UUID.randomUUID();

  private CassandraSchema(Cql cql, CassandraConfig config) {
    this.cql = cql;
    this.config = config;
    this.version = new SchemaVersion(cql, config.keyspace().name());
  }

  /** The schema's version before and after; the same when there was nothing to do. */
  public record Migrated(int from, int to) {}

  /**
   * Brings the schema to the version that this program needs. Fails with {@link CassandraProblem}.
   */
  public static Future<Migrated> migrate(Vertx vertx, CassandraConfig config) {
    return Cql.connect(vertx, config)
        .compose(
            cql ->
                new CassandraSchema(cql, config)
                    .run()
                    .transform(
                        done ->
                            cql.close()
                                .transform(
                                    v ->
                                        done.succeeded()
                                            ? Future.succeededFuture(done.result())
                                            : Future.failedFuture(problem(done.cause())))));
  }

  private static Throwable problem(Throwable failure) {
    return failure instanceof CassandraProblem
        ? failure
        : new CassandraProblem(
            "the schema was not changed, or only in part: %s. Run ./zamok migrate again"
                .formatted(Cql.reason(failure)));
  }

  private Future<Migrated> run() {
    return cql.metadata()
        .compose(
            metadata -> {
              Inspection.requireNodes(metadata, config);
              var found =
                  metadata.getKeyspace(CqlIdentifier.fromInternal(config.keyspace().name()));
              found.ifPresent(keyspace -> Inspection.requireReplication(keyspace, config));
              return found.isPresent() ? Future.succeededFuture() : define(keyspace());
            })
        .compose(v -> define(version.create()))
        .compose(v -> lock(LOCK_TRIES_MAX))
        .compose(
            v ->
                steps()
                    .transform(
                        done ->
                            patient(() -> version.unlock(self))
                                .transform(
                                    unlocked ->
                                        done.succeeded()
                                            ? Future.succeededFuture(done.result())
                                            : Future.failedFuture(done.cause()))));
  }

  private String keyspace() {
    CassandraConfig.Keyspace wanted = config.keyspace();
    String factor =
        switch (wanted.strategy()) {
          case SIMPLE -> "replication_factor";
          case NETWORK -> config.dataCentre();
        };
    return "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': '%s', '%s': %d}"
        .formatted(wanted.name(), wanted.strategy().cql(), factor, wanted.replicas());
  }

  /** A statement that defines something; done when all nodes know. */
  private Future<Void> define(String statement) {
    return cql.change(SimpleStatement.newInstance(statement))
        .map(
            done -> {
              if (!done.getExecutionInfo().isSchemaInAgreement()) {
                throw new CassandraProblem(
                    "the nodes do not agree on the schema yet: run ./zamok migrate again"
                        + " when all of them are up");
              }
              return null;
            });
  }

  private <T> Future<T> patient(Supplier<Future<T>> question) {
    return Patience.ask(cql.vertx(), question);
  }

  private Future<Void> lock(int tries) {
    return patient(() -> version.lock(self))
        .compose(
            ours -> {
              if (ours) {
                return Future.succeededFuture();
              }
              if (tries == 1) {
                return Future.failedFuture(
                    new CassandraProblem("another migration of this keyspace is under way"));
              }
              return cql.vertx()
                  .timer(LOCK_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                  .compose(v -> lock(tries - 1));
            });
  }

  private Future<Migrated> steps() {
    return patient(version::read)
        .compose(
            from -> {
              version.requireNotNewer(from);
              return step(from).map(v -> new Migrated(from, Migrations.LATEST));
            });
  }

  private Future<Void> step(int from) {
    if (from == Migrations.LATEST) {
      return Future.succeededFuture();
    }
    return patient(() -> version.renew(self))
        .compose(
            ours ->
                ours
                    ? all(Migrations.step(from, config.keyspace().name()).iterator())
                    : Future.failedFuture(
                        new CassandraProblem(
                            "the lock was lost, for steps took too long: run ./zamok migrate again")))
        .compose(v -> patient(() -> version.advance(from, from + 1)))
        .compose(
            ours ->
                ours
                    ? step(from + 1)
                    : Future.failedFuture(
                        new CassandraProblem("another migration went ahead: run it again")));
  }

  private Future<Void> all(Iterator<String> statements) {
    return statements.hasNext()
        ? define(statements.next()).compose(v -> all(statements))
        : Future.succeededFuture();
  }
}
