package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.await;

import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.roomlog.LogHealth;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A process that uses no room yet. */
class RedisQuietTest {
  /** Otherwise its first follower would be told of the silence before him, and sent away. */
  @Test
  void aLogThatNobodyUsesIsNotTakenForOneThatConfirmsNothing() {
    Vertx vertx = Vertx.vertx();
    RedisRoomLog log = await(RedisRoomLog.open(vertx, SharedRedis.config()));
    AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);
    RedisTopology.await(
        "the silence to end",
        () -> {
          LogHealth.Shard shard = await(log.health()).shards().get(0);
          boolean ended = shard.silence().compareTo(longest.get()) < 0;
          longest.set(shard.silence());
          return ended;
        });
    await(log.close());
    await(vertx.close());
  }
}
