package dev.zamok.hub;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.beat.BeatSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the authorities, over the log, that this hub lives, where clients reach it and how full it
 * is: every two seconds, and at once when it drains. With a key of beats each answers the
 * challenges of the authorities, which bring it about too, and is signed. Thread-safe.
 */
final class HubBeats {
  static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(HubBeats.class);

  private final Vertx vertx;
  private final HubVerticle.Shared shared;
  private final String url;
  private final String version;
  private final @Nullable BeatSigner signer;
  private volatile Future<RoomLog.Subscription> listening;
  private final long id = new SecureRandom().nextLong();
  private final long timer;
  private volatile NodeBeat.Standing standing = NodeBeat.Standing.SERVING;

  /**
   * @param keys null where authorities take beats that are not signed
   */
  HubBeats(Vertx vertx, HubVerticle.Shared shared, String url, @Nullable BeatKeys keys) {
    this.vertx = vertx;
    this.shared = shared;
    this.url = url;
    this.signer = keys == null ? null : new BeatSigner(keys, shared.time()::monotonicNanos);
    String packaged = Hub.class.getPackage().getImplementationVersion();
    this.version = packaged == null ? "development" : packaged;
    this.listening = signer == null ? Future.succeededFuture(() -> {}) : listen(signer);
    this.timer = vertx.setPeriodic(0, EVERY.toMillis(), id -> send());
  }

  private Future<RoomLog.Subscription> listen(BeatSigner by) {
    return shared
        .log()
        .notices(notice -> heard(notice, by))
        .onFailure(failure -> LOG.warn("no challenges are heard: {}", failure.toString()));
  }

  private void heard(Notice notice, BeatSigner by) {
    boolean answer =
        (notice instanceof Notice.Challenge challenge && by.challenges().heard(challenge))
            || (notice instanceof Notice.SignedChallenge signed && by.challenges().heard(signed));
    if (answer) {
      send();
    }
  }

  /** No client is sent here any more. */
  Future<Void> draining() {
    standing = NodeBeat.Standing.DRAINING;
    return send();
  }

  /** The last beat: this hub is not lost, it went. */
  Future<Void> left() {
    vertx.cancelTimer(timer);
    listening.onSuccess(RoomLog.Subscription::cancel);
    standing = NodeBeat.Standing.LEFT;
    return send();
  }

  private Future<Void> send() {
    BeatSigner by = signer;
    if (by != null && listening.failed()) {
      // without challenges no beat counts
      listening = listen(by);
    }
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
        .broadcast(by == null ? new Notice.Beat(beat) : by.sign(beat))
        .recover(
            failure -> {
              LOG.debug("a beat was lost: {}", failure.toString());
              return Future.succeededFuture();
            });
  }
}
