package dev.zamok.app.cluster;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A sentinel. It keeps what it learns in its own file, which is written once. */
record SentinelPart(RedisBinary binary, RedisServer.Spec spec, RedisConf first) implements Part {
  private static final int QUORUM = 2;

  static List<SentinelPart> all(ClusterPlan plan, RedisBinary binary) {
    HostPort primary = HostPort.loopback(plan.redis().get(0));
    List<SentinelPart> parts = new ArrayList<>();
    for (int i = 0; i < plan.sentinels().size(); i++) {
      String name = "sentinel-" + (i + 1);
      HostPort at = HostPort.loopback(plan.sentinels().get(i));
      parts.add(
          new SentinelPart(
              binary,
              RedisServer.Spec.sentinel(name, plan.of(name), at),
              RedisConf.sentinel(plan.of(name), at, primary, QUORUM)));
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
