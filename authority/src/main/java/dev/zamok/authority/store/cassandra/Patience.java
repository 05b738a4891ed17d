package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks again while a node does not know a table that others know: nodes that were held up when the
 * table was made learn of it a little later.
 */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int TRIES_MAX = 40;

  private Patience() {}

  static <T> Future<T> ask(Vertx vertx, Supplier<Future<T>> question) {
    return ask(vertx, question, TRIES_MAX);
  }

  private static <T> Future<T> ask(Vertx vertx, Supplier<Future<T>> question, int tries) {
    return question
        .get()
        .recover(
            failure ->
                failure instanceof InvalidQueryException && tries > 1
                    ? vertx
                        .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(v -> ask(vertx, question, tries - 1))
                    : Future.failedFuture(failure));
  }
}
