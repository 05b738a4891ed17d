package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes connections. The event loop of the caller serves them. */
final class Dialer {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int REQUESTS_MAX = 16_384;

  private final Vertx vertx;
  private final Access access;
  private final Duration answerMax;
  private final String library = Functions.library();

  Dialer(Vertx vertx, Access access, Duration answerMax) {
    this.vertx = vertx;
    this.access = access;
    this.answerMax = answerMax;
  }

  /** To any server, a sentinel too. */
  Future<Wire> dial(HostAndPort at, Duration limit) {
    RedisOptions options =
        new RedisOptions()
            .setType(RedisClientType.STANDALONE)
            .setNetClientOptions(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true))
            .setMaxPoolSize(1)
            .setMaxPoolWaiting(1)
            .setMaxWaitingHandlers(REQUESTS_MAX)
            .setPoolCleanerInterval(-1)
            .setConnectionString(access.scheme() + "://" + at.host() + ":" + at.port());
    access.apply(options);
    Redis client = Redis.createClient(vertx, options);
    return client
        .connect()
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .map(connection -> new Wire(client, connection, at, answerMax))
        .onFailure(failure -> client.close());
  }

  /** To a primary, with the functions loaded. Fails with {@link Unavailable} if it is none. */
  Future<Wire> dialPrimary(HostAndPort at) {
    return dial(at, answerMax)
        .compose(
            wire ->
                checkRole(wire)
                    .compose(v -> loadFunctions(wire))
                    .map(wire)
                    .onFailure(failure -> wire.close()));
  }

  private static Future<Void> checkRole(Wire wire) {
    return wire.send(Request.cmd(Command.ROLE))
        .compose(
            role ->
                role.get(0).toString().equals("master")
                    ? Future.succeededFuture()
                    : Future.failedFuture(new Unavailable(wire.at() + " is no primary", false)));
  }

  private Future<Void> loadFunctions(Wire wire) {
    Request list =
        Request.cmd(Command.FUNCTION)
            .arg("LIST")
            .arg("LIBRARYNAME")
            .arg(Functions.LIBRARY)
            .arg("WITHCODE");
    return wire.send(list)
        .compose(
            found ->
                holds(found)
                    ? Future.succeededFuture()
                    : wire.send(
                            Request.cmd(Command.FUNCTION).arg("LOAD").arg("REPLACE").arg(library))
                        .mapEmpty());
  }

  /** Whether one of the answer's texts is our library, wherever this version of RESP has it. */
  private boolean holds(Response answer) {
    if (answer.type() != io.vertx.redis.client.ResponseType.MULTI) {
      return answer.toString().equals(library);
    }
    if (answer.isMap()) {
      return answer.containsKey("library_code")
          && answer.get("library_code").toString().equals(library);
    }
    return answer.stream().anyMatch(part -> part != null && holds(part));
  }
}
