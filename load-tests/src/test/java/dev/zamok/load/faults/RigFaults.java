package dev.zamok.load.faults;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.load.audit.Damage;
import dev.zamok.load.faults.tap.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What goes wrong between the processes of a small cluster, and with its Redis servers. */
final class RigFaults {
  private static final String MEMORY = "maxmemory";

  private final Rig rig;

  RigFaults(Rig rig) {
    this.rig = rig;
  }

  /** Networks that lose one direction. */
  List<Fault> lopsided() {
    return List.of(
        held("the hubs hear nothing from the primary", this::hubsToPrimary, Tap::holdToClient),
        held("nothing of the hubs reaches the primary", this::hubsToPrimary, Tap::holdToServer));
  }

  /** Networks that lose one pair. */
  List<Fault> cutOff() {
    return List.of(
        held("the authority is cut off from Redis", this::authorityToRedis, RigFaults::holdAll)
            .during(Change.REMOVAL),
        held("the hubs are cut off from the authority", this::hubsToAuthority, RigFaults::holdAll));
  }

  /**
   * The primary has lost its replicas and the sentinels, and hubs still reach it: it may
   * acknowledge nothing any more, and what it took is given up when it is found again.
   */
  Fault isolatedPrimary() {
    List<RedisServer> isolated = new ArrayList<>();
    return new Fault(
        "a primary that only the hubs and the authority reach",
        Damage.PROCESSES,
        () -> {
          isolated.add(rig.redis().primary());
          holdAll(rig.innerWayTo(isolated.get(0)));
        },
        () -> {
          RedisServer old = isolated.remove(0);
          rig.redis().awaitOtherPrimary(old);
          rig.innerWayTo(old).release();
        },
        rig::awaitWhole);
  }

  /** The primary comes back before the sentinels notice that it was gone, with its file. */
  Fault quickRestart() {
    return new Fault(
        "the primary is restarted with its file, below down-after",
        Damage.PROCESSES,
        () -> rig.redis().primary().restart(),
        () -> {},
        rig::awaitWhole);
  }

  /** Security entries wait for the replicas, and nobody learns anything meanwhile. */
  Fault removalWhileReplicasAreShort() {
    List<RedisServer> frozen = new ArrayList<>();
    return new Fault(
            "a removal while two replicas are stopped",
            Damage.PROCESSES,
            () -> {
              frozen.addAll(rig.redis().replicas().subList(0, 2));
              frozen.forEach(RedisServer::freeze);
            },
            () -> {
              frozen.forEach(RedisServer::thaw);
              frozen.clear();
            },
            rig::awaitWhole)
        .during(Change.REMOVAL);
  }

  /** Members' messages are refused, a removal is not. */
  Fault removalWhileOverloaded() {
    List<RedisServer> full = new ArrayList<>();
    return new Fault(
            "a removal while the primary's memory is full",
            Damage.PROCESSES,
            () -> {
              RedisServer primary = rig.redis().primary();
              primary.ask("CONFIG", "SET", MEMORY, primary.info("memory", "used_memory"));
              full.add(primary);
            },
            () -> {
              full.forEach(server -> server.ask("CONFIG", "SET", MEMORY, "1gb"));
              full.clear();
            },
            rig::awaitWhole)
        .during(Change.REMOVAL);
  }

  private Fault held(String name, Supplier<List<Tap>> which, Consumer<Tap> hold) {
    List<Tap> held = new ArrayList<>();
    return new Fault(
        name,
        Damage.PROCESSES,
        () -> {
          held.addAll(which.get());
          held.forEach(hold);
        },
        () -> {
          held.forEach(Tap::release);
          held.clear();
        },
        rig::awaitWhole);
  }

  private static void holdAll(Tap tap) {
    tap.holdToServer();
    tap.holdToClient();
  }

  private List<Tap> hubsToPrimary() {
    RedisServer primary = rig.redis().primary();
    return rig.hubs().stream().map(hub -> hub.links().to(primary)).toList();
  }

  private List<Tap> authorityToRedis() {
    List<Tap> all = new ArrayList<>(rig.authority().links().servers());
    all.addAll(rig.authority().links().sentinels());
    return all;
  }

  private List<Tap> hubsToAuthority() {
    return List.of(rig.wayToAuthority());
  }
}
