package dev.zamok.hub;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the authorities, over the log, that this hub lives, where clients reach it and how full it
 * is: every two seconds, and at once when it drains. Thread-safe.
 */
final class HubBeats {
  static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(HubBeats.class);

  private final Vertx vertx;
  private final HubVerticle.Shared shared;
  private final String url;
  private final String version;
  private final long id = new SecureRandom().nextLong();
  private final long timer;
  private volatile NodeBeat.Standing standing = NodeBeat.Standing.SERVING;

  HubBeats(Vertx vertx, HubVerticle.Shared shared, String url) {
    this.vertx = vertx;
    this.shared = shared;
    this.url = url;
    String packaged = Hub.class.getPackage().getImplementationVersion();
    this.version = packaged == null ? "development" : packaged;
    this.timer = vertx.setPeriodic(0, EVERY.toMillis(), id -> send());
  }

  /** No client is sent here any more. */
  Future<Void> draining() {
    standing = NodeBeat.Standing.DRAINING;
    return send();
  }

  /** The last beat: this hub is not lost, it went. */
  Future<Void> left() {
    vertx.cancelTimer(timer);
    standing = NodeBeat.Standing.LEFT;
    return send();
  }

  private Future<Void> send() {
    long open =
        shared.metrics().value(Counter.CONNECTIONS_OPENED)
            - shared.metrics().value(Counter.CONNECTIONS_CLOSED);
    int used = (int) Math.max(0, Math.min(open, Integer.MAX_VALUE));
    int capacity = shared.config().limits().counts().connectionsMax();
    NodeBeat beat =
        new NodeBeat(
            NodeBeat.Role.HUB,
            id,
            url,
            version,
            new NodeBeat.Load(standing, used, capacity),
            shared.time().wall().millis());
    return shared
        .log()
        .broadcast(new Notice.Beat(beat))
        .recover(
            failure -> {
              LOG.debug("a beat was lost: {}", failure.toString());
              return Future.succeededFuture();
            });
  }
}
