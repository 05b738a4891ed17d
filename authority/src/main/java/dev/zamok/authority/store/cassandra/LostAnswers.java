package dev.zamok.authority.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.zamok.authority.store.Outcome;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a compare-and-set whose answer is missing.
 *
 * <p>A read at SERIAL first ends what other nodes had begun for the partition, so it tells the
 * truth about everything that a node ever took up. No two attempts carry the same bytes: rows that
 * hold ours were written by us. When the rows are as before:
 *
 * <ul>
 *   <li>a node had answered that it gave up: nothing was done and nothing will be; the attempt is
 *       repeated;
 *   <li>no answer came at all: a node that stands still may yet take the request up. The rows are
 *       looked at a few times more, and then the outcome is unknown.
 * </ul>
 */
final class LostAnswers {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** How often rows that are as before are looked at. */
  private static final int LOOKS_MAX = 4;

  private final Vertx vertx;
  private final Duration limit;
  private final AtomicInteger count = new AtomicInteger();

  LostAnswers(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  /**
   * What came of it.
   *
   * @param outcome null when the attempt may be repeated
   * @param rows as they were read, for the repetition
   */
  record Found(@Nullable Outcome outcome, Map<Bytes, Present> rows) {
    static Found of(Outcome outcome) {
      return new Found(outcome, Map.of());
    }
  }

  /** How many there were. */
  int count() {
    return count.get();
  }

  /**
   * Fails with {@link dev.zamok.protocol.Unavailable} when the request never left.
   *
   * @param read reads the rows at SERIAL
   */
  Future<Found> resolve(
      Attempt attempt, Throwable failure, Supplier<Future<Map<Bytes, Present>>> read) {
    if (failure instanceof AllNodesFailedException all && all.getAllErrors().isEmpty()) {
      return Cql.unavailable(failure);
    }
    count.incrementAndGet();
    boolean gaveUp =
        failure instanceof WriteTimeoutException || failure instanceof CASWriteUnknownException;
    boolean repeatable = gaveUp || attempt.table().kind().insertOnly();
    return new Search(attempt, repeatable, read, System.nanoTime()).look(LOOKS_MAX);
  }

  /** One search. */
  private final class Search {
    private final Attempt attempt;
    private final boolean repeatable;
    private final Supplier<Future<Map<Bytes, Present>>> read;
    private final long began;

    Search(
        Attempt attempt,
        boolean repeatable,
        Supplier<Future<Map<Bytes, Present>>> read,
        long began) {
      this.attempt = attempt;
      this.repeatable = repeatable;
      this.read = read;
      this.began = began;
    }

    Future<Found> look(int looks) {
      return read.get()
          .transform(
              done -> {
                if (done.failed()) {
                  return System.nanoTime() - began < limit.toNanos()
                      ? pause().compose(v -> look(looks))
                      : Future.succeededFuture(Found.of(Outcome.UNKNOWN));
                }
                return judge(done.result(), looks);
              });
    }

    private Future<Found> judge(Map<Bytes, Present> rows, int looks) {
      if (attempt.isMade(rows)) {
        return Future.succeededFuture(Found.of(Outcome.APPLIED));
      }
      Outcome lost = attempt.lost(rows);
      if (lost != null) {
        return Future.succeededFuture(Found.of(lost));
      }
      if (!attempt.isOpen(rows)) {
        return Future.succeededFuture(Found.of(Outcome.UNKNOWN));
      }
      if (repeatable) {
        return Future.succeededFuture(new Found(null, rows));
      }
      return looks > 1
          ? pause().compose(v -> look(looks - 1))
          : Future.succeededFuture(Found.of(Outcome.UNKNOWN));
    }

    private Future<Void> pause() {
      return vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }
  }
}
