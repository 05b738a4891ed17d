package dev.zamok.app.cluster;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sentinel. It keeps what it learns in its own file, which is written once. */
record SentinelPart(RedisBinary binary, RedisServer.Spec spec, RedisConf first) implements Part {
  private static final int QUORUM = 2;

  /**
   * @param users null where no passwords are asked for
   */
  static List<SentinelPart> all(ClusterPlan plan, RedisBinary binary, @Nullable RedisUsers users) {
    HostPort primary = HostPort.loopback(plan.redis().get(0));
    List<SentinelPart> parts = new ArrayList<>();
    for (int i = 0; i < plan.sentinels().size(); i++) {
      String name = "sentinel-" + (i + 1);
      HostPort at = HostPort.loopback(plan.sentinels().get(i));
      RedisConf conf = RedisConf.sentinel(plan.of(name), at, primary, QUORUM);
      parts.add(
          new SentinelPart(
              binary,
              RedisServer.Spec.sentinel(name, plan.of(name), at),
              users == null ? conf : users.in(conf)));
    }
    return parts;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public Running start() {
    boolean known = Files.exists(spec.directory().resolve(name() + ".conf"));
    return new RedisPart.Started(
        known ? RedisServer.resume(binary, spec) : RedisServer.start(binary, spec, first));
  }
}
