package dev.zamok.app.cluster;

import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.RedisConf;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which processes a cluster on one machine has, and where each listens.
 *
 * @param directory absolute; everything of the cluster lies in it
 * @param redis one port each, the first the primary's at the first start
 * @param sentinels as many as {@code redis}, each beside one
 * @param cassandra addresses of the loopback network, one a node
 * @param ring the ports that all Cassandra nodes use, each on its own address
 */
record ClusterPlan(
    Path directory,
    List<Integer> redis,
    List<Integer> sentinels,
    List<String> cassandra,
    RingPorts ring,
    Roles roles) {
  /** What the sentinels call the Redis primary with its replicas. */
  static final String SHARD = RedisConf.PRIMARY_NAME;

  private static final int REDIS = 4;
  private static final int NODES = 3;

  /** Of Cassandra: for clients, and between nodes. */
  record RingPorts(int clients, int nodes) {}

  /**
   * @param inner where the authorities listen for each other
   */
  record Roles(List<Integer> authorities, List<Integer> hubs, List<Integer> inner) {}

  ClusterPlan {
    redis = List.copyOf(redis);
    sentinels = List.copyOf(sentinels);
    cassandra = List.copyOf(cassandra);
  }

  /**
   * @param small one Cassandra node instead of three
   * @param port of the first authority, the others follow it; 0 takes free ones
   */
  static ClusterPlan of(Path directory, boolean small, int port) {
    int count = 2 * REDIS + 3 * NODES + 2;
    List<Integer> ports =
        port == 0 ? FreePorts.find(count) : IntStream.range(port, port + count).boxed().toList();
    int roles = 3 * NODES;
    return new ClusterPlan(
        directory.toAbsolutePath().normalize(),
        ports.subList(roles, roles + REDIS),
        ports.subList(roles + REDIS, roles + 2 * REDIS),
        IntStream.rangeClosed(1, small ? 1 : NODES).mapToObj(i -> "127.0.0." + i).toList(),
        new RingPorts(ports.get(count - 2), ports.get(count - 1)),
        new Roles(
            ports.subList(0, NODES),
            ports.subList(NODES, 2 * NODES),
            ports.subList(2 * NODES, roles)));
  }

  Path of(String name) {
    return directory.resolve(name);
  }

  Path keys() {
    return directory.resolve("keys");
  }

  Path certificate() {
    return keys().resolve("tls.certificate.pem");
  }

  /** A role's settings. */
  Path settings(String name) {
    return directory.resolve(name).resolve(RolePart.SETTINGS);
  }

  Path operatorToken() {
    return keys().resolve("operator.token");
  }

  Path beatKey() {
    return keys().resolve("beat.key");
  }

  List<String> authorityUrls() {
    return roles.authorities().stream().map(port -> "https://localhost:" + port).toList();
  }
}
