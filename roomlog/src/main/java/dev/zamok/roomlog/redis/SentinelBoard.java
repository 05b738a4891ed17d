package dev.zamok.roomlog.redis;

import io.vertx.core.Future;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the sentinels of a shard who its primary is. Most of those that answer must agree: a
 * sentinel that was cut off names the old one. State belongs to one event loop.
 */
final class SentinelBoard {
  private static final Command SENTINEL = Command.create("SENTINEL");
  private static final long ANSWER_MILLIS = 1_000;

  private final Shard shard;
  private final Map<HostAndPort, Wire> wires = new HashMap<>();
  private boolean closed;

  SentinelBoard(Shard shard) {
    this.shard = shard;
  }

  /** Moves the shard to whom they name; never fails. */
  Future<Void> locate() {
    if (!(shard.config().source() instanceof RedisLogConfig.Source.Sentinels sentinels)) {
      return Future.succeededFuture();
    }
    List<Future<HostAndPort>> asked = new ArrayList<>();
    for (HostAndPort address : sentinels.addresses()) {
      asked.add(ask(address, sentinels.primaryName()));
    }
    return Future.join(asked)
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .map(
            v -> {
              HostAndPort named = majority(asked);
              if (named != null && !closed) {
                shard.moveTo(named);
              }
              return null;
            });
  }

  private static @Nullable HostAndPort majority(List<Future<HostAndPort>> asked) {
    Map<HostAndPort, Integer> votes = new HashMap<>();
    int answers = 0;
    for (Future<HostAndPort> answer : asked) {
      if (answer.succeeded()) {
        answers++;
        votes.merge(answer.result(), 1, Integer::sum);
      }
    }
    int needed = answers / 2 + 1;
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() >= needed)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Future<HostAndPort> ask(HostAndPort sentinel, String primaryName) {
    Request request = Request.cmd(SENTINEL).arg("get-master-addr-by-name").arg(primaryName);
    return wire(sentinel)
        .compose(
            wire ->
                wire.connection()
                    .send(request)
                    .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                    .map(
                        answer ->
                            HostAndPort.create(answer.get(0).toString(), answer.get(1).toInteger()))
                    .onFailure(
                        failure -> {
                          wires.remove(sentinel, wire);
                          wire.close();
                        }));
  }

  private Future<Wire> wire(HostAndPort sentinel) {
    Wire known = wires.get(sentinel);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return shard
        .dialer()
        .dial(sentinel, Duration.ofMillis(ANSWER_MILLIS))
        .map(
            wire -> {
              Wire other = closed ? wire : wires.put(sentinel, wire);
              if (other != null) {
                other.close();
              }
              return wire;
            });
  }

  void close() {
    closed = true;
    wires.values().forEach(Wire::close);
    wires.clear();
  }
}
