package dev.zamok.load.faults;

import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.RedisBinary;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.load.faults.tap.Tap;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small cluster for faults that must happen at an exact moment: one Redis primary with three
 * replicas and a sentinel beside each, one authority with its store in a file or on a Cassandra
 * node, and hubs. All children of this process; each hub and authority reaches Redis over taps of
 * its own, the authority Cassandra over another one.
 */
final class Rig implements AutoCloseable {
  private static final int REPLICAS = 3;
  private static final int RING = 3;
  private static final int HEAP_MEGABYTES = 384;
  private static final int MIGRATION_TRIES = 3;

  /** Of each room so many entries at least, where the store is in a file. */
  static final int KEPT_IN_LOG = 60;

  /**
   * As {@link #KEPT_IN_LOG}, where it is on Cassandra: there faults last, and the machine is busy,
   * for longer than 60 entries take.
   */
  static final int KEPT_BESIDE_CASSANDRA = 400;

  /**
   * What is archived leaves the log soon, so that trimming is part of every run; but not before
   * somebody has sent again what he does not know to be there.
   */
  private static final String FORGETFUL =
      """
      authority:
        inner: "%s"
        keepInLog: 1s
        keepInLogEntries: %d
      """;

  private final Path directory;
  private final RedisTopology redis;
  private final InnerTaps inner;
  private final Role authority;
  private final Tap wayToAuthority;
  private @Nullable CassandraRing cassandra;
  private @Nullable Tap wayToStore;
  private @Nullable RingTaps ringTaps;
  private final List<Role> hubs = new ArrayList<>();

  private Rig(Path directory, RedisTopology redis, InnerTaps inner, Role authority) {
    this.directory = directory;
    this.redis = redis;
    this.inner = inner;
    this.authority = authority;
    this.wayToAuthority = Tap.bytes(authority.port());
  }

  /** Blocks until all of it is ready; the store is in a file. */
  static Rig start(Path directory, int hubs) {
    return start(directory, hubs, 0, bundled(directory));
  }

  /** As {@link #start(Path, int)}; the store is on one Cassandra node. */
  static Rig withCassandra(Path directory, int hubs) {
    return withCassandra(directory, hubs, bundled(directory));
  }

  /** As {@link #withCassandra(Path, int)}, with another Redis than the one on the class path. */
  static Rig withCassandra(Path directory, int hubs, RedisBinary binary) {
    return start(directory, hubs, 1, binary);
  }

  /** As {@link #start(Path, int)}; the store is on three Cassandra nodes with taps between them. */
  static Rig withRing(Path directory, int hubs) {
    return start(directory, hubs, RING, bundled(directory));
  }

  private static RedisBinary bundled(Path directory) {
    return RedisBinary.unpack(directory.resolve("bin"));
  }

  private static Rig start(Path directory, int hubs, int nodes, RedisBinary binary) {
    InnerTaps inner = new InnerTaps();
    RedisTopology redis =
        RedisTopology.start(
            binary,
            directory.resolve("redis"),
            RedisTopology.Plan.of(REPLICAS).announced(inner::announced));
    int port = FreePorts.find(1).get(0);
    Role authority =
        new Role(
            "authority-1",
            directory.resolve("authority-1"),
            port,
            new Links(redis, inner::announced));
    Rig rig = new Rig(directory, redis, inner, authority);
    try {
      if (nodes == 1) {
        rig.startCassandra();
      } else if (nodes > 1) {
        rig.startRing(nodes);
      } else {
        authority.configure(rig.keys(), FORGETFUL.formatted("", KEPT_IN_LOG));
      }
      authority.start();
      for (int i = 0; i < hubs; i++) {
        rig.addHub();
      }
      return rig;
    } catch (RuntimeException e) {
      rig.close();
      throw e;
    }
  }

  private void startCassandra() {
    CassandraSettings.Engine engine = new CassandraSettings.Engine(HEAP_MEGABYTES, false);
    CassandraRing ring = CassandraRing.start(directory.resolve("cassandra"), 1, engine);
    Tap tap = Tap.bytes(ring.node(0).cql().getPort());
    cassandra = ring;
    wayToStore = tap;
    keepOn(1, List.of("127.0.0.1:" + tap.port()));
  }

  private void startRing(int nodes) {
    List<CassandraSettings> all =
        CassandraRing.settings(
                directory.resolve("cassandra"),
                nodes,
                CassandraRing.freePorts(nodes),
                new CassandraSettings.Engine(HEAP_MEGABYTES, false))
            .stream()
            .map(node -> node.announcing(RingTaps::announced))
            .toList();
    ringTaps = new RingTaps(all);
    CassandraRing ring = CassandraRing.start(all);
    cassandra = ring;
    keepOn(
        nodes,
        ring.contactPoints().stream()
            .map(at -> at.getAddress().getHostAddress() + ":" + at.getPort())
            .toList());
  }

  private void keepOn(int copies, List<String> contactPoints) {
    authority.configure(
        keys(),
        """
        store:
          kind: cassandra
          cassandra:
            contactPoints: ["%s"]
            replication: %d
        """
                .formatted(String.join("\", \"", contactPoints), copies)
            + FORGETFUL.formatted("127.0.0.1:" + FreePorts.find(1).get(0), KEPT_BESIDE_CASSANDRA));
    migrate(MIGRATION_TRIES);
  }

  /** A node that has just started may be too slow at first. */
  private void migrate(int tries) {
    try {
      Zamok.finish(
          "migrate", directory, List.of("migrate", "--config", authority.settings().toString()));
    } catch (IllegalStateException e) {
      if (tries <= 1) {
        throw e;
      }
      migrate(tries - 1);
    }
  }

  /** The only node. */
  CassandraNode cassandra() {
    return cassandra(0);
  }

  CassandraNode cassandra(int node) {
    return Objects.requireNonNull(cassandra).node(node);
  }

  /** Over which the other nodes reach this one. */
  Tap wayBetweenNodes(int to) {
    return Objects.requireNonNull(ringTaps).to(to);
  }

  /** Over which the authority reaches Cassandra. */
  Tap wayToStore() {
    return Objects.requireNonNull(wayToStore);
  }

  private Path keys() {
    return directory.resolve("keys");
  }

  /** Starts one more hub. */
  Role addHub() {
    int port = FreePorts.find(1).get(0);
    String name = "hub-" + (hubs.size() + 1);
    Role hub = new Role(name, directory.resolve(name), port, new Links(redis, inner::announced));
    hub.configure(
        keys(),
        """
        hub:
          url: wss://localhost:%d/hub
          authorities: ["https://localhost:%d"]
          trust: "%s"
        """
            .formatted(port, wayToAuthority.port(), keys().resolve("tls.certificate.pem")));
    hub.start();
    hubs.add(hub);
    return hub;
  }

  /** Over which replicas and sentinels reach this server. */
  Tap innerWayTo(RedisServer server) {
    return inner.to(server.at());
  }

  RedisTopology redis() {
    return redis;
  }

  Role authority() {
    return authority;
  }

  List<Role> hubs() {
    return List.copyOf(hubs);
  }

  /** Over which the hubs fetch the keys of tickets. */
  Tap wayToAuthority() {
    return wayToAuthority;
  }

  List<URI> servers() {
    return List.of(URI.create("https://127.0.0.1:" + authority.port()));
  }

  String fingerprint() {
    return authority.fingerprint();
  }

  /** Until the primary has all replicas in step. */
  void awaitWhole() {
    redis.awaitReplicas(REPLICAS);
  }

  /** The primary is killed; comes back as a replica of its successor. */
  void failOver() {
    RedisServer old = redis.primary();
    old.kill();
    RedisServer next = redis.awaitOtherPrimary(old);
    old.restart(
        RedisConf.server(old.directory(), old.at())
            .announcing(inner.announced(old.at()))
            .replicaOf(inner.announced(next.at())));
    awaitWhole();
  }

  @Override
  public void close() {
    hubs.forEach(Role::close);
    authority.close();
    wayToAuthority.close();
    if (wayToStore != null) {
      wayToStore.close();
    }
    if (cassandra != null) {
      cassandra.close();
    }
    if (ringTaps != null) {
      ringTaps.close();
    }
    redis.close();
    inner.close();
  }
}
