package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import dev.zamok.protocol.Unavailable;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;

/**
 * The driver's client, with our failures and consistency: reads and writes at QUORUM,
 * compare-and-set at SERIAL.
 */
final class Cql {
  private final Vertx vertx;
  private final CassandraClient client;

  private Cql(Vertx vertx, CassandraClient client) {
    this.vertx = vertx;
    this.client = client;
  }

  /** Connects. Fails with {@link CassandraProblem}. */
  static Future<Cql> connect(Vertx vertx, CassandraConfig config) {
    return Connection.prepare(vertx, config)
        .compose(
            client ->
                client
                    .metadata()
                    .map(new Cql(vertx, client))
                    .recover(
                        failure ->
                            client
                                .close()
                                .transform(done -> Future.failedFuture(told(config, failure)))));
  }

  private static CassandraProblem told(CassandraConfig config, Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof AuthenticationException || isLogin(at)) {
        return new CassandraProblem(
            config.login() == null
                ? "the ring at %s wants a user and a password".formatted(config.contacts())
                : "the ring at %s refuses user %s with the password in %s"
                    .formatted(
                        config.contacts(), config.login().user(), config.login().passwordFile()));
      }
    }
    return new CassandraProblem(
        "no Cassandra node answers at %s: %s".formatted(config.contacts(), reason(failure)));
  }

  private static boolean isLogin(Throwable failure) {
    return failure instanceof AllNodesFailedException all
        && all.getAllErrors().values().stream()
            .anyMatch(
                errors -> errors.stream().anyMatch(AuthenticationException.class::isInstance));
  }

  /** The kind of a failure: texts of the driver may tell statements. */
  static String reason(Throwable failure) {
    if (failure instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(List::stream)
          .findFirst()
          .map(Cql::reason)
          .orElse("no node is there");
    }
    Throwable at = failure;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at.getClass().getSimpleName();
  }

  Vertx vertx() {
    return vertx;
  }

  /** Repeating {@code cql} changes nothing: the driver may ask a second node. */
  Future<PreparedStatement> prepare(String cql, boolean repeatable) {
    return client.prepare(
        SimpleStatement.builder(cql)
            .setConsistencyLevel(ConsistencyLevel.QUORUM)
            .setSerialConsistencyLevel(ConsistencyLevel.SERIAL)
            .setIdempotence(repeatable)
            .build());
  }

  /** Fails with what the driver says: for those who must know what became of a change. */
  Future<ResultSet> change(Statement<?> statement) {
    VertxInternal internal = (VertxInternal) vertx;
    return internal
        .getOrCreateContext()
        .<Void>succeededFuture()
        .compose(v -> client.execute(statement));
  }

  /** Fails with {@link Unavailable}. */
  Future<ResultSet> read(Statement<?> statement) {
    return change(statement).recover(Cql::unavailable);
  }

  /** All rows of all pages. Fails with {@link Unavailable}. */
  Future<List<Row>> all(Statement<?> statement) {
    return change(statement).compose(ResultSet::all).recover(Cql::unavailable);
  }

  static <T> Future<T> unavailable(Throwable failure) {
    return Future.failedFuture(
        failure instanceof Unavailable
            ? failure
            : new Unavailable("the store does not answer: " + reason(failure), false));
  }

  Future<Metadata> metadata() {
    return client.metadata();
  }

  Future<Void> close() {
    return client.close();
  }
}
