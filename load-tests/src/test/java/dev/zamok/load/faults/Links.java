package dev.zamok.load.faults;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.load.faults.tap.Frame;
import dev.zamok.load.faults.tap.Script;
import dev.zamok.load.faults.tap.Tap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that leads from one hub or authority to Redis: a tap of its own to each server and sentinel.
 * The sentinels' answers name the taps, so that the process follows a fail-over through them.
 */
final class Links implements AutoCloseable {
  private static final String QUESTION = "get-master-addr-by-name";

  private final UnaryOperator<HostPort> announced;

  /** By the port that the sentinels name. */
  private final Map<Integer, Tap> servers = new LinkedHashMap<>();

  private final Map<Integer, Tap> sentinels = new LinkedHashMap<>();

  /**
   * To all of {@code redis}.
   *
   * @param announced what the sentinels call a server that listens there
   */
  Links(RedisTopology redis, UnaryOperator<HostPort> announced) {
    this.announced = announced;
    for (RedisServer server : redis.servers()) {
      servers.put(announced.apply(server.at()).port(), Tap.redis(server.at().port()));
    }
    Script naming = new Naming();
    for (HostPort sentinel : redis.sentinelAddresses()) {
      Tap tap = Tap.redis(sentinel.port());
      tap.follow(naming);
      sentinels.put(sentinel.port(), tap);
    }
  }

  /** {@code host:port} each. */
  List<String> sentinelAddresses() {
    return sentinels.values().stream().map(tap -> "127.0.0.1:" + tap.port()).toList();
  }

  /** The way to this server. */
  Tap to(RedisServer server) {
    return Optional.ofNullable(servers.get(announced.apply(server.at()).port())).orElseThrow();
  }

  List<Tap> servers() {
    return List.copyOf(servers.values());
  }

  List<Tap> sentinels() {
    return List.copyOf(sentinels.values());
  }

  /** On the ways to all servers. */
  void follow(Script script) {
    servers.values().forEach(tap -> tap.follow(script));
  }

  @Override
  public void close() {
    servers.values().forEach(Tap::close);
    sentinels.values().forEach(Tap::close);
  }

  /** The tap in the place of the server. */
  private final class Naming implements Script {
    @Override
    public Optional<Frame> answer(Frame request, Frame answer) {
      boolean names = request.word(1).equals(QUESTION) && answer.words().size() == 2;
      if (!names) {
        return Optional.of(answer);
      }
      Tap tap = servers.get(Integer.parseInt(answer.word(1)));
      return tap == null
          ? Optional.of(answer)
          : Optional.of(Frame.of(List.of("127.0.0.1", Integer.toString(tap.port()))));
    }
  }
}
