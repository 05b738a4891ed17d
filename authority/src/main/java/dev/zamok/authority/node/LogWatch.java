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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the log takes what must be told to hubs, by a barrier a second in one partition
 * after the other. While it does not, nobody could be shut out: no ticket and no share is given.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class LogWatch implements Placement {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
  private static final Set<String> KEYS = Set.of("ticket", "shares");
  private static final long ANSWER_MILLIS_MAX = 3_000;

  private final RoomLog log;
  private final Placement next;
  private int partition;
  private boolean up = true;
  private boolean asking;

  LogWatch(RoomLog log, Placement next) {
    this.log = log;
    this.next = next;
  }

  boolean isUp() {
    return up;
  }

  /** Stays with a partition that does not answer until it does. */
  void look() {
    if (asking) {
      return;
    }
    asking = true;
    log.barrier(partition)
        .timeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .onComplete(
            done -> {
              asking = false;
              if (done.failed() == up) {
                LOG.warn("the log {}", up ? "does not answer: no tickets, no shares" : "answers");
              }
              up = done.succeeded();
              if (up) {
                partition = (partition + 1) % log.partitions();
              }
            });
  }

  @Override
  public Future<Answer> run(String operationId, Request request, Operation operation) {
    return up || !KEYS.contains(operationId)
        ? next.run(operationId, request, operation)
        : Future.failedFuture(Refusal.retry(Problem.UNAVAILABLE, Duration.ofSeconds(1)));
  }
}
