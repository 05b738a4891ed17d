package dev.zamok.app.cluster;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisLauncher;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.Sentinels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One Redis server of the room log. Only the first start of a shard in which nobody has data
 * decides its primary; ever after the sentinels do, whatever became of a single directory.
 */
final class RedisPart implements Part {
  /** Longer than the sentinels take for a fail-over. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final RedisBinary binary;
  private final RedisServer.Spec spec;
  private final RedisLauncher launcher;
  private final HostPort first;
  private final RedisConf conf;
  private boolean isNew;

  private RedisPart(
      RedisBinary binary,
      RedisServer.Spec spec,
      RedisConf conf,
      RedisLauncher launcher,
      HostPort first) {
    this.binary = binary;
    this.spec = spec;
    this.conf = conf;
    this.launcher = launcher;
    this.first = first;
  }

  /**
   * All of the shard, in the order in which they are to be started: whom the sentinels name before
   * the others. Were a replica alone with the sentinels for a while, it would be promoted, whatever
   * it lacks.
   *
   * @param users null where no passwords are asked for
   * @param patience see {@link RedisLauncher}
   */
  static List<RedisPart> primaryFirst(
      ClusterPlan plan, RedisBinary binary, @Nullable RedisUsers users, Duration patience) {
    Sentinels sentinels =
        new Sentinels(
            plan.sentinels().stream().map(HostPort::loopback).toList(),
            SocketFactory.getDefault(),
            users == null ? null : users.login());
    RedisLauncher launcher = new RedisLauncher(binary, sentinels, patience);
    HostPort primary = sentinels.primary().orElseGet(() -> HostPort.loopback(plan.redis().get(0)));
    List<RedisPart> parts = new ArrayList<>();
    for (int port : plan.redis()) {
      String name = "redis-" + (parts.size() + 1);
      RedisServer.Spec spec = RedisServer.Spec.server(name, plan.of(name), HostPort.loopback(port));
      RedisConf conf = RedisConf.server(spec.directory(), spec.at());
      RedisConf asking = users == null ? conf : users.in(conf);
      parts.add(new RedisPart(binary, spec, asking, launcher, primary));
    }
    boolean isNew = parts.stream().noneMatch(part -> RedisLauncher.hasData(part.spec.directory()));
    parts.forEach(part -> part.isNew = isNew);
    parts.sort(Comparator.comparing(part -> !part.spec.at().equals(primary)));
    return parts;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public Running start() {
    RedisServer server;
    if (!isNew) {
      server = launcher.launch(spec, conf);
    } else if (spec.at().equals(first)) {
      server = launcher.bootstrap(spec, conf);
    } else {
      server = RedisServer.start(binary, spec, conf.replicaOf(first));
    }
    isNew = false;
    return new Started(server);
  }

  record Started(RedisServer server) implements Running {
    @Override
    public long pid() {
      return server.process().pid();
    }

    @Override
    public boolean isAlive() {
      return server.isAlive();
    }

    @Override
    public void stop() {
      server.stop();
    }
  }
}
