package dev.zamok.authority.node;

import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Operation;
import dev.zamok.authority.http.Placement;
import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.http.Request;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the log takes what must be told to hubs, by probes once a second in partitions that
 * lie evenly apart, others each time: a log of up to {@value #AT_ONCE_MAX} shards, each with
 * partitions in a row, is asked as a whole each time. While one of them fails, nobody could be shut
 * out: no ticket and no share is given. Whether the store takes anything is not asked, where it
 * comes first: a partition that it does not take holds up its own rooms alone.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class LogWatch implements Placement {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
  private static final Set<String> KEYS = Set.of("ticket", "shares");
  private static final int AT_ONCE_MAX = 8;
  private static final long ANSWER_MILLIS_MAX = 3_000;

  private final RoomLog log;
  private final Placement next;
  private int offset;
  private boolean up = true;
  private Future<Void> asking = Future.succeededFuture();

  LogWatch(RoomLog log, Placement next) {
    this.log = log;
    this.next = next;
  }

  boolean isUp() {
    return up;
  }

  /**
   * Stays with partitions that do not answer until they do. Never fails; a call while one is under
   * way yields that one's end.
   */
  Future<Void> look() {
    if (asking.isComplete()) {
      asking =
          probes()
              .timeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
              .transform(
                  done -> {
                    answered(done.succeeded());
                    return Future.succeededFuture();
                  });
    }
    return asking;
  }

  private void answered(boolean now) {
    if (now != up) {
      LOG.warn("the log {}", up ? "does not answer: no tickets, no shares" : "answers");
    }
    up = now;
    if (up) {
      offset = (offset + 1) % log.partitions();
    }
  }

  private Future<Void> probes() {
    int count = Math.min(AT_ONCE_MAX, log.partitions());
    List<Future<Void>> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(log.probe((offset + i * log.partitions() / count) % log.partitions()));
    }
    return Future.all(all).mapEmpty();
  }

  @Override
  public Future<Answer> run(String operationId, Request request, Operation operation) {
    return up || !KEYS.contains(operationId)
        ? next.run(operationId, request, operation)
        : Future.failedFuture(Refusal.retry(Problem.UNAVAILABLE, Duration.ofSeconds(1)));
  }
}
