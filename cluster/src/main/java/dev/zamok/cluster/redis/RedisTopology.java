package dev.zamok.cluster.redis;

import dev.zamok.cluster.process.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;

/**
 * One shard of the room log on this machine: a primary, its replicas, and a sentinel beside each.
 * Calls block.
 */
public final class RedisTopology implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 20;

  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisServer> sentinels = new ArrayList<>();

  private final UnaryOperator<HostPort> announced;

  private RedisTopology(UnaryOperator<HostPort> announced) {
    this.announced = announced;
  }

  /**
   * What to start.
   *
   * @param replicas beside the primary
   * @param server changes the files of the servers
   * @param sentinel changes the files of the sentinels
   * @param announced by which address replicas and sentinels reach a server, given where it listens
   */
  public record Plan(
      int replicas,
      UnaryOperator<RedisConf> server,
      UnaryOperator<RedisConf> sentinel,
      UnaryOperator<HostPort> announced) {
    /** Servers that are reached where they listen. */
    public Plan(int replicas, UnaryOperator<RedisConf> server, UnaryOperator<RedisConf> sentinel) {
      this(replicas, server, sentinel, at -> at);
    }

    public static Plan of(int replicas) {
      return new Plan(replicas, conf -> conf, conf -> conf);
    }

    /** With servers that others reach elsewhere than where they listen. */
    public Plan announced(UnaryOperator<HostPort> other) {
      return new Plan(replicas, server, sentinel, other);
    }

    /** With sentinels that take a server for lost after {@code downAfter}. */
    public Plan impatient(Duration downAfter) {
      return new Plan(
          replicas,
          server,
          conf ->
              sentinel
                  .apply(conf)
                  .with(
                      "sentinel down-after-milliseconds",
                      RedisConf.PRIMARY_NAME + " " + downAfter.toMillis())
                  .with("sentinel failover-timeout", RedisConf.PRIMARY_NAME + " 3000"),
          announced);
    }
  }

  /** Starts all of it on free ports, and waits until every replica is in step. */
  public static RedisTopology start(RedisBinary binary, Path directory, Plan plan) {
    RedisTopology made = new RedisTopology(plan.announced());
    try {
      made.startAll(binary, directory, plan);
      made.awaitReplicas(plan.replicas());
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void startAll(RedisBinary binary, Path directory, Plan plan) {
    int count = plan.replicas() + 1;
    List<HostPort> at = FreePorts.find(2 * count).stream().map(HostPort::loopback).toList();
    HostPort first = announced.apply(at.get(0));
    for (int i = 0; i < count; i++) {
      Path home = directory.resolve("redis-" + i);
      RedisConf conf =
          plan.server()
              .apply(RedisConf.server(home, at.get(i)).announcing(announced.apply(at.get(i))));
      servers.add(
          RedisServer.start(
              binary,
              RedisServer.Spec.server("redis-" + i, home, at.get(i)),
              i == 0 ? conf : conf.replicaOf(first)));
    }
    // A sentinel that finds the primary without them looks again after ten seconds.
    await("replicas in step", () -> inStep(servers.get(0)) >= plan.replicas());
    for (int i = 0; i < count; i++) {
      Path home = directory.resolve("sentinel-" + i);
      HostPort own = at.get(count + i);
      sentinels.add(
          RedisServer.start(
              binary,
              RedisServer.Spec.sentinel("sentinel-" + i, home, own),
              plan.sentinel().apply(RedisConf.sentinel(home, own, first, Math.min(2, count)))));
    }
  }

  public List<RedisServer> servers() {
    return List.copyOf(servers);
  }

  public List<RedisServer> sentinels() {
    return List.copyOf(sentinels);
  }

  public List<HostPort> sentinelAddresses() {
    return sentinels.stream().map(RedisServer::at).toList();
  }

  /** Whom the sentinels name. */
  public RedisServer primary() {
    HostPort named =
        new Sentinels(sentinelAddresses(), SocketFactory.getDefault())
            .primary()
            .orElseThrow(() -> new IllegalStateException("the sentinels do not agree"));
    return servers.stream()
        .filter(server -> announced.apply(server.at()).equals(named))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a stranger is primary: " + named));
  }

  public List<RedisServer> replicas() {
    RedisServer primary = primary();
    return servers.stream().filter(server -> server != primary).toList();
  }

  /** Waits until the primary has so many replicas in step, and every sentinel knows them all. */
  public void awaitReplicas(int count) {
    await("replicas in step", () -> inStep(primary()) >= count);
    await("sentinels that know each other", () -> sentinels.stream().allMatch(this::knowsAll));
  }

  private static long inStep(RedisServer primary) {
    String info = primary.ask("INFO", "replication").toString();
    return info.lines().filter(line -> line.contains("state=online")).count();
  }

  private boolean knowsAll(RedisServer sentinel) {
    if (!sentinel.isAlive()) {
      return true;
    }
    String info = sentinel.ask("INFO", "sentinel").toString();
    return info.contains("slaves=" + (servers.size() - 1))
        && info.contains("sentinels=" + sentinels.size());
  }

  /**
   * From now on the sentinels take a server for lost after {@code downAfter}. For who starts with a
   * patient {@link Plan#impatient} one: on a slow machine a server that starts may be silent for
   * long.
   */
  public void loseAfter(Duration downAfter) {
    for (RedisServer sentinel : sentinels) {
      sentinel.ask(
          "SENTINEL",
          "SET",
          RedisConf.PRIMARY_NAME,
          "down-after-milliseconds",
          Long.toString(downAfter.toMillis()));
    }
  }

  /** Waits until the sentinels name another primary than {@code old}, and it is one. */
  public RedisServer awaitOtherPrimary(RedisServer old) {
    await(
        "another primary",
        () -> {
          RedisServer now = primary();
          return now != old && now.isPrimary();
        });
    return primary();
  }

  /** Waits for what others do; a failure to answer counts as not yet. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + READY.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (java.io.UncheckedIOException | IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void close() {
    sentinels.forEach(RedisServer::close);
    servers.forEach(RedisServer::close);
  }
}
