package dev.zamok.hub.service;

import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.util.BitSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that the server API holds (H-073): each taken when it is first needed, since taking
 * one fences off whoever held it before. Belongs to one context.
 */
final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final RoomLog log;
  private final long token;
  private final BitSet claimed;

  Leases(RoomLog log, long token) {
    this.log = log;
    this.token = token;
    this.claimed = new BitSet(log.partitions());
    log.doubts(this::again)
        .onFailure(failure -> LOG.warn("doubts of the log are not heard of", failure));
  }

  private void again(int partition) {
    if (claimed.get(partition)) {
      log.reclaim(partition, token, Position.ZERO)
          .compose(v -> takenForWhole(partition))
          .onFailure(
              failure ->
                  LOG.debug("partition {} stays in doubt: {}", partition, failure.toString()));
    }
  }

  /** Nobody here has a store: what a new, an emptied or an older log does not know is unknown. */
  private Future<Void> takenForWhole(int partition) {
    return log.restoring(partition).compose(restore -> log.restored(partition, token, restore));
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
