package dev.zamok.roomlog.redis;

import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.protocol.Position;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.redis.RedisLogConfig.Bounds;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Servers that a test may break, and a log on them. */
final class FaultyTopology implements AutoCloseable {
  final RedisTopology servers;
  final Vertx vertx = Vertx.vertx();
  private final List<RoomLog> logs = new ArrayList<>();

  FaultyTopology(Path directory, Duration downAfter) {
    servers =
        RedisTopology.start(
            SharedRedis.binary(),
            directory,
            RedisTopology.Plan.of(SharedRedis.REPLICAS).impatient(downAfter));
  }

  LogDriver open() {
    return open(config -> config);
  }

  /** Another process on the same log, in effect; it holds the leases and has no store. */
  LogDriver open(UnaryOperator<RedisLogConfig> change) {
    LogDriver driver = openUnheld(change);
    LogDriver.await(
        driver.log.doubts(
            partition -> driver.log.reclaim(partition, LogDriver.TOKEN, Position.ZERO)));
    return driver;
  }

  /** Whoever opens it has to say himself what becomes of partitions in doubt. */
  LogDriver openUnheld(UnaryOperator<RedisLogConfig> change) {
    RedisLogConfig config = change.apply(SharedRedis.config(servers, ""));
    RedisRoomLog log = LogDriver.await(RedisRoomLog.open(vertx, config));
    logs.add(log);
    // on a busy machine the first answers may be late
    RedisTopology.await("the log", () -> opened(log));
    return new LogDriver(vertx, log);
  }

  private static boolean opened(RoomLog log) {
    for (int partition = 0; partition < log.partitions(); partition++) {
      if (LogDriver.failure(log.claim(partition, LogDriver.TOKEN)) != null) {
        return false;
      }
    }
    return true;
  }

  static RedisLogConfig impatient(RedisLogConfig config) {
    Bounds bounds = config.bounds();
    return new RedisLogConfig(
        config.layout(),
        new RedisLogConfig.Ack(config.ack().replicas(), Duration.ofSeconds(1)),
        config.access(),
        new Bounds(
            bounds.queuedEntriesMax(),
            bounds.queuedBytesMax(),
            bounds.backlogBytesMax(),
            bounds.uncommittedMax(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(4)));
  }

  @Override
  public void close() {
    logs.forEach(log -> LogDriver.await(log.close()));
    LogDriver.await(vertx.close());
    servers.close();
  }
}
