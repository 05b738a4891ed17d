package dev.zamok.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTopologyTest {
  @TempDir Path directory;
  private RedisBinary binary;
  private RedisTopology topology;

  @BeforeEach
  void start() {
    binary = RedisBinary.unpack(directory);
    topology =
        RedisTopology.start(
            binary, directory, RedisTopology.Plan.of(2).impatient(Duration.ofMillis(500)));
  }

  @AfterEach
  void end() {
    topology.close();
  }

  private RedisLauncher launcher(Duration patience) {
    Sentinels sentinels = new Sentinels(topology.sentinelAddresses(), SocketFactory.getDefault());
    return new RedisLauncher(binary, sentinels, patience);
  }

  private static RedisServer.Spec spec(RedisServer server) {
    return RedisServer.Spec.server("again", server.directory(), server.at());
  }

  @Test
  void aPrimaryThatDiesIsReplacedAndComesBackAsReplica() throws Exception {
    RedisServer old = topology.primary();
    assertThat(Files.getPosixFilePermissions(binary.path()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(old.directory().resolve("redis-0.conf")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    old.ask("SET", "k", "v");
    old.ask("WAIT", "2", "5000");
    old.kill();
    RedisConf conf = RedisConf.server(old.directory(), old.at());
    try (RedisServer back = launcher(Duration.ofSeconds(30)).launch(spec(old), conf)) {
      assertThat(back.isPrimary()).isFalse();
      RedisServer now = topology.awaitOtherPrimary(old);
      assertThat(now.ask("GET", "k")).isEqualTo("v");
      RedisTopology.await(
          "the link", () -> back.info("replication", "master_link_status").equals("up"));
    }
  }

  /** Fault: everything stopped at once, and one of two comes back with an empty disk. */
  @Test
  void aPrimaryRebornEmptyIsNotStarted() {
    RedisServer old = topology.primary();
    topology.servers().forEach(RedisServer::kill);
    RedisConf conf = RedisConf.server(old.directory(), old.at());
    deleteData(old.directory());
    assertThatThrownBy(() -> launcher(Duration.ofSeconds(1)).launch(spec(old), conf))
        .hasMessageContaining("without data");
  }

  @Test
  void withoutSentinelsNothingStarts() {
    topology.sentinels().forEach(RedisServer::kill);
    RedisServer old = topology.servers().get(1);
    old.kill();
    RedisConf conf = RedisConf.server(old.directory(), old.at());
    assertThatThrownBy(() -> launcher(Duration.ofSeconds(1)).launch(spec(old), conf))
        .hasMessageContaining("do not say who is primary");
  }

  @Test
  void aFileSaysEachThingOnce() {
    RedisConf conf =
        RedisConf.sentinel(directory, HostPort.loopback(1), HostPort.loopback(2), 3)
            .with("sentinel down-after-milliseconds", "zamok 9");
    List<String> lines = conf.text().lines().toList();
    assertThat(lines).contains("sentinel monitor zamok 127.0.0.1 2 3", "port 1");
    assertThat(lines).filteredOn(line -> line.startsWith("sentinel down-after")).hasSize(1);
    assertThat(conf.plus("user x on >secret").toString()).doesNotContain("secret");
  }

  private static void deleteData(Path directory) {
    for (java.io.File file : directory.resolve("appendonlydir").toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
  }
}
