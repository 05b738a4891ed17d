package dev.zamok.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.cluster.redis.RespClient;
import dev.zamok.cluster.redis.Sentinels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shard whose servers and sentinels ask for passwords, with the users of {@code conf/redis}. */
class RedisUsersTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final Map<String, Part.Running> running = new HashMap<>();
  private ClusterPlan plan;
  private RedisUsers users;
  private List<RedisPart> parts;

  @BeforeEach
  void startAll() {
    plan = ClusterPlan.of(directory, true, 0);
    OwnerOnly.directory(plan.keys());
    users = RedisUsers.of(plan, true);
    RedisBinary binary = RedisBinary.unpack(plan.of("bin"));
    SentinelPart.all(plan, binary, users).forEach(this::start);
    parts = RedisPart.primaryFirst(plan, binary, users, RedisPart.PATIENCE);
    parts.forEach(this::start);
    RedisTopology.await("replicas", () -> replicas("redis-1") == 3);
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

  /** As hubs and authorities do. */
  private String ask(HostPort at, String... words) {
    try (RespClient client = new RespClient(at, SocketFactory.getDefault(), ANSWER)) {
      client.text("AUTH", RedisUsers.CLIENT, Files.readString(users.client()).strip());
      return client.text(words);
    } catch (RespClient.ErrorReply e) {
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long replicas(String primary) {
    return ask(server(primary).at(), "INFO", "replication")
        .lines()
        .filter(line -> line.contains("state=online"))
        .count();
  }

  private Optional<HostPort> named(Sentinels.Login login) {
    List<HostPort> sentinels = plan.sentinels().stream().map(HostPort::loopback).toList();
    return new Sentinels(sentinels, SocketFactory.getDefault(), login).primary();
  }

  @Test
  void strangersAreLeftOutAFailOverWorksAndTheOldPrimaryComesBackAsAReplica() {
    HostPort primary = server("redis-1").at();
    HostPort sentinel = HostPort.loopback(plan.sentinels().get(0));
    for (HostPort at : List.of(primary, sentinel)) {
      assertThatThrownBy(() -> RedisServerProbe.ask(at, "INFO")).hasMessageContaining("NOAUTH");
    }
    assertThat(ask(primary, "CONFIG", "GET", "masterauth")).startsWith("NOPERM");
    assertThat(ask(sentinel, "SENTINEL", "FAILOVER", "zamok")).startsWith("NOPERM");
    assertThat(named(null)).isEmpty();
    assertThat(named(users.login())).contains(primary);
    RedisTopology.await(
        "sentinels that know the replicas",
        () -> plan.sentinels().stream().allMatch(port -> knowsAll(HostPort.loopback(port))));

    server("redis-1").kill();
    RedisTopology.await(
        "another primary",
        () -> named(users.login()).filter(at -> !at.equals(primary)).isPresent());
    start(parts.stream().filter(part -> part.name().equals("redis-1")).findFirst().orElseThrow());
    RedisTopology.await(
        "a replica", () -> ask(primary, "INFO", "replication").contains("master_link_status:up"));
  }

  /** By its own file, where each writes what it found. */
  private boolean knowsAll(HostPort sentinel) {
    int number = plan.sentinels().indexOf(sentinel.port()) + 1;
    String name = "sentinel-" + number;
    try {
      String known = Files.readString(plan.of(name).resolve(name + ".conf"));
      return known.lines().filter(line -> line.startsWith("sentinel known-replica")).count() == 3
          && known.lines().filter(line -> line.startsWith("sentinel known-sentinel")).count() == 3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void passwordsStayAndAClusterThatWasMadeWithoutThemGetsNone() throws Exception {
    assertThat(RedisUsers.of(plan, false)).isEqualTo(users);
    assertThat(new RoleFiles(plan, users).hub(1)).contains("user: \"zamok\"", "redis.password");
    ClusterPlan other = ClusterPlan.of(directory.resolve("other"), true, 0);
    assertThat(RedisUsers.of(other, false)).isNull();
    Files.createDirectories(other.of("sentinel-1"));
    assertThatThrownBy(() -> RedisUsers.of(other, true))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was made without passwords");
  }
}
