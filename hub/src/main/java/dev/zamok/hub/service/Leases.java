package dev.zamok.hub.service;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that the server API holds (H-073): each taken when it is first needed, or when the log
 * doubts a partition, since taking one fences off whoever held it before. Belongs to one context.
 */
final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final RoomLog log;
  private final long token;
  private final BitSet claimed;
  private final BitSet reopening = new BitSet();

  /** The highest position acknowledged through here, by partition. */
  private final Map<Integer, Position> reached = new HashMap<>();

  Leases(RoomLog log, long token) {
    this.log = log;
    this.token = token;
    this.claimed = new BitSet(log.partitions());
    log.doubts(this::again)
        .onFailure(failure -> LOG.warn("doubts of the log are not heard of", failure));
  }

  /**
   * Of every partition, also one that was not needed since this process started: nobody else would
   * open it.
   */
  private void again(int partition) {
    if (token == 0 || reopening.get(partition)) {
      return;
    }
    reopening.set(partition);
    Position floor = reached.getOrDefault(partition, Position.ZERO);
    Future<Void> taken =
        claimed.get(partition)
            ? log.reclaim(partition, token, floor)
            : log.claim(partition, token, floor);
    taken
        .compose(v -> log.restoring(partition))
        .compose(
            restore -> {
              if (restore != 0) {
                LOG.warn(
                    "partition {} may lack what was acknowledged, removals too: used as it is, since"
                        + " there is no store to compare it with",
                    partition);
              }
              return log.restored(partition, token, restore);
            })
        .onSuccess(v -> claimed.set(partition))
        .onFailure(failure -> staysInDoubt(partition, failure))
        .onComplete(done -> reopening.clear(partition));
  }

  private void staysInDoubt(int partition, Throwable failure) {
    if (failure instanceof Rejection refused
        && refused.code() == ErrorCode.FENCED
        && claimed.get(partition)) {
      claimed.clear(partition);
      LOG.warn(
          "partition {} is not held any more: another hub took it, or it was lost again",
          partition);
    } else {
      LOG.debug("partition {} stays in doubt: {}", partition, failure.toString());
    }
  }

  /** Nobody here has a store: what a new or an emptied log does not know is unknown. */
  private Future<Void> takenForWhole(int partition) {
    return log.restoring(partition).compose(restore -> log.restored(partition, token, restore));
  }

  /** Acknowledged at {@code position}: a log that has not come so far is older than it was. */
  void reached(RoomId room, Position position) {
    reached.merge(
        log.partitionOf(room), position, (known, next) -> next.isAfter(known) ? next : known);
  }

  /** The token to append under. Fails with {@code FENCED} when there is none, or a higher one. */
  Future<Long> of(RoomId room) {
    int partition = log.partitionOf(room);
    if (token == 0) {
      return Future.failedFuture(new Rejection(ErrorCode.FENCED));
    }
    if (claimed.get(partition)) {
      return Future.succeededFuture(token);
    }
    return log.claim(partition, token)
        .compose(v -> takenForWhole(partition))
        .map(
            done -> {
              claimed.set(partition);
              return token;
            });
  }
}
