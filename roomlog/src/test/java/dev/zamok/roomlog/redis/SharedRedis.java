package dev.zamok.roomlog.redis;

import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.roomlog.redis.RedisLogConfig.Ack;
import dev.zamok.roomlog.redis.RedisLogConfig.Bounds;
import dev.zamok.roomlog.redis.RedisLogConfig.Layout;
import dev.zamok.roomlog.redis.RedisLogConfig.Shard;
import dev.zamok.roomlog.redis.RedisLogConfig.Source;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One primary with three replicas and four sentinels for all tests of this JVM that break nothing.
 * Each test has a key prefix of its own. That it cannot be started fails the test.
 */
final class SharedRedis {
  static final int REPLICAS = 3;
  private static final int PARTITIONS = 4;
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private SharedRedis() {}

  private static final class Holder {
    static final Path DIRECTORY = directory();
    static final RedisBinary BINARY = RedisBinary.unpack(DIRECTORY);
    static final RedisTopology TOPOLOGY =
        RedisTopology.start(
            BINARY,
            DIRECTORY.resolve("shared"),
            // no fail-over because the machine is busy
            RedisTopology.Plan.of(REPLICAS).impatient(Duration.ofMinutes(2)));
  }

  private static Path directory() {
    try {
      Path made = Files.createTempDirectory("zamok-redis");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var all = Files.walk(directory)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // the servers may still be ending: the temporary directory is cleaned by others
    }
  }

  static RedisBinary binary() {
    return Holder.BINARY;
  }

  static RedisTopology topology() {
    return Holder.TOPOLOGY;
  }

  static RedisServer primary() {
    return topology().servers().get(0);
  }

  static String newPrefix() {
    return "test" + PREFIXES.incrementAndGet() + ":";
  }

  static RedisLogConfig config() {
    return config(topology(), newPrefix());
  }

  static RedisLogConfig config(RedisTopology topology, String prefix) {
    List<HostAndPort> sentinels =
        topology.sentinelAddresses().stream()
            .map(at -> HostAndPort.create(at.host(), at.port()))
            .toList();
    Shard shard =
        new Shard("a", new Source.Sentinels("zamok", sentinels), topology.servers().size() - 1);
    return of(prefix, shard, Access.OPEN);
  }

  static RedisLogConfig standalone(RedisServer server, String prefix, Access access) {
    HostAndPort at = HostAndPort.create(server.at().host(), server.at().port());
    return with(of(prefix, new Shard("b", new Source.Standalone(at), 0), access), 0);
  }

  private static RedisLogConfig of(String prefix, Shard shard, Access access) {
    Layout layout = new Layout(prefix, List.of(shard), Collections.nCopies(PARTITIONS, 0));
    // a busy machine may keep replicas from answering for a while
    return new RedisLogConfig(layout, new Ack(2, Duration.ofSeconds(5)), access, Bounds.DEFAULT);
  }

  static RedisLogConfig with(RedisLogConfig config, int replicas) {
    return new RedisLogConfig(
        config.layout(),
        new Ack(replicas, config.ack().waitMax()),
        config.access(),
        config.bounds());
  }
}
