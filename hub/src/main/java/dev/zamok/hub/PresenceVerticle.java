package dev.zamok.hub;

import dev.zamok.hub.HubVerticle.Shared;
import dev.zamok.hub.room.PresenceExchange;
import dev.zamok.protocol.SessionId;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one hub tells the others beside the log: who is present here; and to one that has just
 * started, which sessions were revoked lately. One for all event loops.
 */
final class PresenceVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceVerticle.class);
  private static final long TICK_MILLIS = 1_000;

  /** The newest ones, when a flood of them is remembered. */
  private static final int REPEATED_MAX = 5_000;

  private final Shared shared;
  private final PresenceExchange exchange;
  private RoomLog.@Nullable Subscription notices;

  /**
   * A verticle that is not started yet.
   *
   * @param hub random, made anew at each start
   */
  PresenceVerticle(Shared shared, long hub) {
    this.shared = shared;
    this.exchange =
        new PresenceExchange(hub, shared.presence(), this::broadcast, this::repeatRevocations);
  }

  @Override
  public Future<?> start() {
    return shared
        .log()
        .notices(this::heard)
        .onSuccess(
            subscription -> {
              notices = subscription;
              tick();
              vertx.setPeriodic(TICK_MILLIS, timer -> tick());
            });
  }

  private void tick() {
    exchange.tick(shared.time().monotonicNanos());
  }

  private void heard(Notice notice) {
    if (notice instanceof Notice.Presence presence) {
      exchange.heard(presence, shared.time().monotonicNanos());
    }
  }

  /** A hub that was away has forgotten them, and their tickets are good for some minutes yet. */
  private void repeatRevocations() {
    List<SessionId> revoked = shared.checker().revoked();
    int first = Math.max(0, revoked.size() - REPEATED_MAX);
    for (SessionId session : revoked.subList(first, revoked.size())) {
      broadcast(new Notice.Revoke(session));
    }
  }

  private void broadcast(Notice notice) {
    shared
        .log()
        .broadcast(notice)
        .onFailure(failure -> LOG.debug("other hubs could not be told: {}", failure.toString()));
  }

  @Override
  public Future<?> stop() {
    if (notices != null) {
      exchange.end();
      notices.cancel();
    }
    return Future.succeededFuture();
  }
}
