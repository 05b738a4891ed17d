package dev.zamok.load.faults;

import dev.zamok.cluster.cassandra.CassandraNode;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.load.audit.Damage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Each kind of node is started with a wall clock that is wrong, and later with the right one. */
final class ClockFaults {
  private final Rig rig;
  private final Duration offset;
  private final String wrong;

  /**
   * By so much.
   *
   * @param wrong says so in words
   */
  ClockFaults(Rig rig, Duration offset, String wrong) {
    this.rig = rig;
    this.offset = offset;
    this.wrong = wrong;
  }

  List<Fault> all() {
    return List.of(
        role("a hub ", rig.hubs().get(0)),
        role("the authority ", rig.authority()),
        cassandra(),
        primary(),
        sentinel());
  }

  private Fault role(String name, Role role) {
    return fault(
        name,
        () -> {
          role.kill();
          role.startWith(WrongClock.ahead(offset));
        },
        () -> {
          role.kill();
          WrongClock.clear(role.process().pid());
          role.start();
        });
  }

  private Fault cassandra() {
    return fault(
        "Cassandra ", () -> restartCassandra(offset), () -> restartCassandra(Duration.ZERO));
  }

  private void restartCassandra(Duration by) {
    CassandraNode node = rig.cassandra();
    node.kill();
    WrongClock.clear(node.pid());
    WrongClock.set(node.settings().directory(), by);
    node.restart();
    node.awaitReady();
  }

  /** The primary, or whoever took its place meanwhile; then one follows whose clock is right. */
  private Fault primary() {
    List<RedisServer> off = new ArrayList<>();
    return fault(
        "the Redis primary ",
        () -> {
          do {
            RedisServer primary = primaryNow();
            off.add(primary);
            restart(primary, offset);
          } while (!off.contains(primaryNow()));
        },
        () -> {
          off.forEach(server -> WrongClock.set(server.directory(), Duration.ZERO));
          rig.failOver();
          off.forEach(server -> restart(server, Duration.ZERO));
          off.clear();
        });
  }

  private RedisServer primaryNow() {
    AtomicReference<RedisServer> found = new AtomicReference<>();
    RedisTopology.await(
        "a primary",
        () -> {
          found.set(rig.redis().primary());
          return found.get().isPrimary();
        });
    return found.get();
  }

  /** One of those that agree on a fail-over. */
  private Fault sentinel() {
    RedisServer sentinel = rig.redis().sentinels().get(0);
    return fault(
        "a sentinel ",
        () -> restart(sentinel, offset),
        () -> {
          rig.failOver();
          restart(sentinel, Duration.ZERO);
        });
  }

  private static void restart(RedisServer server, Duration by) {
    server.kill();
    WrongClock.clear(server.process().pid());
    WrongClock.set(server.directory(), by);
    server.restart();
  }

  private Fault fault(String name, Runnable inject, Runnable heal) {
    return new Fault(name + wrong, Damage.PROCESSES, inject, heal, rig::awaitWhole);
  }
}
