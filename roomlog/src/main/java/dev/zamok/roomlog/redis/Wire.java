package dev.zamok.roomlog.redis;

import io.vertx.core.Future;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One connection to one server. Requests are answered in their order. */
final class Wire {
  private final Redis client;
  private final RedisConnection connection;
  private final HostAndPort at;
  private final Duration answerMax;

  Wire(Redis client, RedisConnection connection, HostAndPort at, Duration answerMax) {
    this.client = client;
    this.connection = connection;
    this.at = at;
    this.answerMax = answerMax;
  }

  HostAndPort at() {
    return at;
  }

  RedisConnection connection() {
    return connection;
  }

  Future<Response> send(Request request) {
    return connection.send(request).timeout(answerMax.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Fails as a whole when any is answered with an error. */
  Future<List<Response>> batch(List<Request> requests, Duration more) {
    return connection
        .batch(requests)
        .timeout(answerMax.plus(more).toMillis(), TimeUnit.MILLISECONDS);
  }

  void close() {
    client.close();
  }
}
