package dev.zamok.authority.node;

import dev.zamok.authority.alert.Alert;
import dev.zamok.authority.alert.Alerts;
import dev.zamok.authority.alert.Courier;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.http.Placement;
import dev.zamok.authority.http.SessionCheck;
import dev.zamok.authority.lease.LeaseKeeper;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.lease.NodeRow;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.roomlog.NodeBeat;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.beat.BeatSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One authority among others, and the hubs it sends clients to. Belongs to the event loop of the
 * authority.
 */
public final class Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final Duration LOG_EVERY = Duration.ofSeconds(1);

  private final Ground ground;
  private final NodesConfig config;
  private final LeaseKeeper keeper;
  private final HubRegistry hubs;
  private final OwnProblems own;
  private final LostHubs lostHubs;
  private final Courier courier;
  private final Alerts alerts;
  private final NodeBeats beats;
  private final InnerDoor door;
  private final Self self;
  private final Heart heart;
  private final List<Runnable> timers = new ArrayList<>();
  private @Nullable LogWatch logWatch;
  private RoomLog.@Nullable Subscription notices;

  /** What nodes stand on. */
  public record Ground(
      Vertx vertx,
      SealedStore store,
      RoomLog log,
      Clock clock,
      LongSupplier nanos,
      SecureRandom random) {}

  /**
   * @param secret by which authorities know each other
   */
  public Nodes(Ground ground, NodesConfig config, SecretBytes secret, Metrics metrics) {
    this.ground = ground;
    this.config = config;
    this.keeper =
        new LeaseKeeper(
            ground.store(),
            ground.log(),
            config.leases(),
            new LeaseKeeper.Sources(ground.nanos(), ground.random()::nextLong));
    this.hubs = new HubRegistry(config.beats().lost(), ground.nanos(), ground.random());
    this.lostHubs = new LostHubs(ground.nanos());
    this.own = new OwnProblems(ground.vertx(), config.watch(), ground.clock());
    own.lateFrom(keeper::isLate);
    ClockWatch clocks = new ClockWatch(ground.clock());
    BeatGate gate =
        new BeatGate(
            config.beats().keys(),
            keeper.id(),
            config.beats().lost(),
            ground.nanos(),
            ground.random()::nextLong);
    BeatKeys keys = config.beats().keys();
    BeatSigner signer = keys == null ? null : new BeatSigner(keys, ground.nanos());
    this.beats = new NodeBeats(keeper, hubs, clocks, gate, signer);
    this.heart = new Heart(ground.log(), gate, signer);
    this.door = new InnerDoor(ground.vertx(), config.inner(), leases(), secret);
    this.self = new Self(keeper, own, door::address, ground.clock(), ground.log().partitions());
    this.courier = new Courier(ground.vertx(), config.watch().told().sinks(ground.vertx()));
    this.alerts =
        new Alerts(
            ground.store(),
            new Conditions(ground.log(), this::peers, lostHubs, hubs, clocks, gate).all(),
            courier,
            () -> leases().serves(0),
            config.watch().pace(),
            new Alerts.Sources(ground.clock(), ground.nanos(), metrics));
  }

  /** All authorities, of which this one is sure that it lives. */
  private List<Conditions.Peer> peers() {
    List<Conditions.Peer> peers = new ArrayList<>();
    peers.add(peer(self.node()));
    keeper.nodes().stream()
        .filter(node -> node.id() != keeper.id())
        .forEach(node -> peers.add(peer(node)));
    return peers;
  }

  private static Conditions.Peer peer(LeaseKeeper.Node node) {
    NodeRow row = node.row();
    String name = row.address().isEmpty() ? "authority" : row.address();
    return new Conditions.Peer(
        name, node.live(), Duration.ofMillis(row.lagMillis()), row.problems());
  }

  /** Looks at everything that may be wrong now; otherwise it comes by itself. */
  public Future<Void> lookForAlerts() {
    noteLostHubs();
    return own.look().otherwiseEmpty().compose(v -> alerts.look());
  }

  /** What this authority finds wrong. */
  public List<Alert> alerts() {
    return alerts.current();
  }

  public Leases leases() {
    return keeper.leases();
  }

  /** Addresses of hubs for one client, best first; empty when none told that it lives. */
  public List<String> chooseHubs() {
    return hubs.choose();
  }

  /** Listens for other authorities, where there may be any. */
  public Future<Void> open(
      HttpConfig http, Api api, SessionCheck sessions, Metrics metrics, Rooms rooms) {
    self.started();
    OperatorGate operators = OperatorGate.open(config.operatorToken());
    new StatusApi(operators, keeper, hubs, ground.log(), alerts::current, self::node).addTo(api);
    return door.open(http, api, new InnerDoor.Desk(sessions, metrics, rooms))
        .onSuccess(placement -> logWatch = new LogWatch(ground.log(), placement))
        .mapEmpty();
  }

  /** Of requests of clients. To be called once it is open. */
  public Placement placement() {
    if (logWatch == null) {
      throw new IllegalStateException("not open");
    }
    return logWatch;
  }

  public void lagFrom(Supplier<Duration> source) {
    self.lagFrom(source);
  }

  /** In how many rooms log and store differ. */
  public void alteredFrom(IntSupplier source) {
    own.alteredFrom(source);
  }

  /**
   * Takes leases, and goes on keeping them. Completes after the first round, or, for an authority
   * that is alone, when all leases are taken and what was left by others was taken up.
   *
   * @param ticker all that comes by itself comes by it
   */
  public Future<Void> start(Ticker ticker) {
    keeper.describe(self.row());
    return ground
        .log()
        .notices(notice -> notice.accept(beats))
        .compose(
            subscription -> {
              notices = subscription;
              return config.leases().alone() ? keeper.takeAll() : keeper.round();
            })
        .onSuccess(
            v -> {
              timers.add(ticker.every(config.beats().every(), this::beat));
              timers.add(ticker.every(LOG_EVERY, this::look));
              timers.add(ticker.every(config.watch().pace().every(), this::lookForAlerts));
              timers.add(
                  ticker.every(
                      config.leases().round(),
                      config.leases().alone() ? this::keepAll : this::round));
              beat();
            });
  }

  private Future<Void> keepAll() {
    return keeper
        .keepAll()
        .onFailure(failure -> LOG.warn("leases are not kept for now: {}", failure.toString()));
  }

  private Future<Void> look() {
    return logWatch == null ? Future.succeededFuture() : logWatch.look();
  }

  /** One round of leases now; otherwise it comes by itself. */
  public Future<Void> round() {
    keeper.describe(self.row());
    int before = leases().served().size();
    return keeper
        .round()
        .onSuccess(
            v -> {
              if (leases().served().size() < before) {
                beat();
              }
            })
        .onFailure(failure -> LOG.warn("leases are not kept for now: {}", failure.toString()));
  }

  /** See {@link InnerDoor#address}. */
  public String address() {
    return door.address();
  }

  private void noteLostHubs() {
    beats.tidy().forEach(hub -> lostHubs.lost(hub.address()));
  }

  private Future<Void> beat() {
    noteLostHubs();
    return heart.beat(self.beat());
  }

  /** A new epoch of a room whose lease is held by another authority. */
  public Future<Void> resetElsewhere(RoomId room) {
    return door.elsewhere(room, NodeTasks.resetPath(room));
  }

  /** See {@link Rooms#followCard}, of a room whose lease is held by another authority. */
  public Future<Void> followCardElsewhere(RoomId room, AccountId account) {
    return door.elsewhere(room, NodeTasks.cardPath(room, account));
  }

  /** Hands the leases over, while requests are still served. A failure is only logged. */
  public Future<Void> drain() {
    self.is(NodeBeat.Standing.DRAINING);
    if (config.leases().alone()) {
      return Future.succeededFuture();
    }
    beat();
    return keeper
        .drain()
        .onSuccess(v -> beat())
        .recover(
            failure -> {
              LOG.warn("leases were not handed over: {}", failure.toString());
              return Future.succeededFuture();
            });
  }

  /** Ends everything; leases that were not handed over are taken over by others after a while. */
  public Future<Void> close() {
    timers.forEach(Runnable::run);
    timers.clear();
    if (notices != null) {
      notices.cancel();
    }
    self.is(NodeBeat.Standing.LEFT);
    beat();
    return door.close().eventually(courier::close);
  }
}
