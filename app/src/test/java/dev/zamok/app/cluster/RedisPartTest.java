package dev.zamok.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.cluster.redis.Sentinels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis servers as {@code cluster up} starts them, after what becomes of their directories. */
class RedisPartTest {
  private static final String ACKNOWLEDGED = "acknowledged ".repeat(1_000);

  /** With a fail-over on a machine that is busy with other things; nothing is judged by it. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path directory;
  private final Map<String, Part.Running> running = new HashMap<>();
  private ClusterPlan plan;
  private RedisBinary binary;
  private List<RedisPart> parts;

  @BeforeEach
  void startAll() {
    plan = ClusterPlan.of(directory, true, 0);
    binary = RedisBinary.unpack(plan.of("bin"));
    SentinelPart.all(plan, binary, null).forEach(this::start);
    parts = RedisPart.primaryFirst(plan, binary, null, PATIENCE);
    parts.forEach(this::start);
    RedisTopology.await("replicas", () -> replicas() == 3);
    RedisTopology.await("sentinels that know everybody", this::sentinelsKnowEverybody);
    server("redis-1").ask("SET", "key", ACKNOWLEDGED);
    assertThat(server("redis-1").ask("WAIT", "3", "30000")).isEqualTo(3L);
  }

  @AfterEach
  void stopAll() {
    running.values().forEach(Part.Running::stop);
  }

  private void start(Part part) {
    running.put(part.name(), part.start());
  }

  private RedisServer server(String name) {
    return ((RedisPart.Started) running.get(name)).server();
  }

  private RedisPart part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }

  private long replicas() {
    String info = server("redis-1").ask("INFO", "replication").toString();
    return info.lines().filter(line -> line.contains("state=online")).count();
  }

  private boolean sentinelsKnowEverybody() {
    return running.keySet().stream()
        .filter(name -> name.startsWith("sentinel"))
        .map(name -> server(name).ask("INFO", "sentinel").toString())
        .allMatch(told -> told.contains("slaves=3") && told.contains("sentinels=4"));
  }

  private HostPort named() {
    List<HostPort> sentinels = plan.sentinels().stream().map(HostPort::loopback).toList();
    return new Sentinels(sentinels, SocketFactory.getDefault()).primary().orElseThrow();
  }

  private void empty(String name) {
    try (Stream<Path> all = Files.walk(plan.of(name))) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPrimaryThatLostItsDirectoryComesBackAsAReplicaAndGetsEverything() {
    server("redis-1").kill();
    empty("redis-1");
    start(part("redis-1"));
    assertThat(named()).isNotEqualTo(server("redis-1").at());
    assertThat(server("redis-1").isPrimary()).isFalse();
    RedisTopology.await("the data", () -> ACKNOWLEDGED.equals(server("redis-1").ask("GET", "key")));
  }

  @Test
  void afterARestartOfEverythingAnEmptyDirectoryDoesNotMakeANewShard() {
    stopAll();
    empty("redis-1");
    SentinelPart.all(plan, binary, null).forEach(this::start);
    parts = RedisPart.primaryFirst(plan, binary, null, PATIENCE);
    parts.stream().filter(part -> !part.name().equals("redis-1")).forEach(this::start);
    start(part("redis-1"));
    assertThat(named()).isNotEqualTo(server("redis-1").at());
    RedisTopology.await(
        "the data everywhere",
        () ->
            parts.stream()
                .allMatch(part -> ACKNOWLEDGED.equals(server(part.name()).ask("GET", "key"))));
  }
}
