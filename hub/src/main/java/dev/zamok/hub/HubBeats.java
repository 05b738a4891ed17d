package dev.zamok.hub;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.NoticeCodec;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
  private final @Nullable BeatKeys keys;
  private final Challenges challenges;
  private final AtomicLong sent = new AtomicLong();
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
    this.keys = keys;
    this.challenges = new Challenges(shared.time()::monotonicNanos);
    String packaged = Hub.class.getPackage().getImplementationVersion();
    this.version = packaged == null ? "development" : packaged;
    this.listening = keys == null ? Future.succeededFuture(() -> {}) : listen();
    this.timer = vertx.setPeriodic(0, EVERY.toMillis(), id -> send());
  }

  private Future<RoomLog.Subscription> listen() {
    return shared
        .log()
        .notices(this::heard)
        .onFailure(failure -> LOG.warn("no challenges are heard: {}", failure.toString()));
  }

  private void heard(Notice notice) {
    if (notice instanceof Notice.Challenge challenge && challenges.heard(challenge)) {
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
    if (listening.failed()) {
      // without challenges no beat counts
      listening = listen();
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
        .broadcast(keys == null ? new Notice.Beat(beat) : signed(beat, keys))
        .recover(
            failure -> {
              LOG.debug("a beat was lost: {}", failure.toString());
              return Future.succeededFuture();
            });
  }

  private Notice signed(NodeBeat beat, BeatKeys by) {
    long number = sent.incrementAndGet();
    List<Notice.Challenge> answers = challenges.all();
    Bytes mac = by.sign(NoticeCodec.statement(beat, number, answers));
    return new Notice.SignedBeat(beat, number, answers, mac);
  }
}
