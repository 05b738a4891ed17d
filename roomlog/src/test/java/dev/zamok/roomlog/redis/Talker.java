package dev.zamok.roomlog.redis;

import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends one message after the other, each until it is acknowledged, and remembers what it was
 * told. Any failure but {@link Unavailable} is remembered and ends it.
 */
final class Talker extends VerticleBase {
  private static final long PAUSE_MILLIS = 20;

  private final RoomLog log;
  private final RoomId room;
  private final int author;
  final Map<MessageId, Position> acknowledged = new ConcurrentHashMap<>();
  volatile int unavailable;
  volatile Throwable failure;
  volatile boolean over;
  private long next = 1;

  Talker(RoomLog log, RoomId room, int author) {
    this.log = log;
    this.room = room;
    this.author = author;
  }

  @Override
  public Future<?> start() {
    say();
    return Future.succeededFuture();
  }

  private void say() {
    if (over) {
      return;
    }
    MessageId id = new MessageId(author, next);
    log.append(Append.message(room, LogDriver.ANNA, 0, 1, id, LogDriver.text("m" + next)))
        .onComplete(
            done -> {
              if (done.succeeded()) {
                acknowledged.put(id, done.result().position());
                next++;
                say();
              } else if (done.cause() instanceof Unavailable) {
                unavailable++;
                vertx.setTimer(PAUSE_MILLIS, timer -> say());
              } else {
                failure = done.cause();
              }
            });
  }
}
