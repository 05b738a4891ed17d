package dev.zamok.roomlog.redis;

import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomLogContractTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Two of three replicas, found through sentinels. */
class RedisRoomLogContractTest extends RoomLogContractTest {
  @Override
  protected Future<? extends RoomLog> open(Vertx vertx) {
    return RedisRoomLog.open(vertx, SharedRedis.config());
  }

  @Override
  protected Future<Void> release() {
    return Future.succeededFuture();
  }
}
