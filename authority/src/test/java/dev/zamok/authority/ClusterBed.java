package dev.zamok.authority;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.account.AccountConfig;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.keyring.KeyringFile;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.keyring.Keyrings;
import dev.zamok.authority.lease.LeaseConfig;
import dev.zamok.authority.node.Nodes;
import dev.zamok.authority.node.NodesConfig;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Several authorities over one store and one log, whose clocks move when the test says so; what
 * they do by themselves from time to time they do by these clocks alone.
 */
final class ClusterBed implements AutoCloseable {
  static final int PARTITIONS = 6;
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final AccountConfig.Rate PLENTY =
      new AccountConfig.Rate(10_000, Duration.ofSeconds(1));

  final TestClock clock = new TestClock();
  final SecureRandom random = new SecureRandom();
  final Vertx vertx = Vertx.vertx();
  final RoomLog log;
  final LocalStore store;
  private final AtomicLong nanos = new AtomicLong(1);
  private final List<Database> databases = new ArrayList<>();
  private final Keyring keyring;
  private final List<One> running = new ArrayList<>();
  private NodesConfig config = NodesConfig.shared(new NodesConfig.Inner("127.0.0.1", 0, ""));

  ClusterBed(Path directory) {
    this(directory, "log-");
  }

  /**
   * @param logs where the log lies: another place is a log that lost everything
   */
  ClusterBed(Path directory, String logs) {
    store = await(LocalStore.open(vertx, database(directory.resolve("store")), clock));
    List<LocalRoomLog> parts = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      parts.add(await(LocalRoomLog.open(vertx, database(directory.resolve(logs + i)), clock)));
    }
    log = new SplitLog(parts);
    KeyringFile file =
        new KeyringFile(directory.resolve("keys/keyring"), directory.resolve("store"));
    keyring = await(new Keyrings(vertx, store, file, clock, random).open());
  }

  private Database database(Path directory) {
    Database database = await(Database.open(vertx, Database.Options.in(directory)));
    databases.add(database);
    return database;
  }

  ClusterBed with(NodesConfig other) {
    config = other;
    return this;
  }

  NodesConfig config() {
    return config;
  }

  /** One authority. */
  final class One implements Door {
    final Fate fate = new Fate();
    private final ManualTicker ticker = new ManualTicker(nanos::get);
    final Authority authority;
    private final WebClient client;
    private boolean asleep;

    One() {
      AccountConfig accounts =
          new AccountConfig(
              true,
              new AccountConfig.Passwords(new KdfParams.Argon2id(19 * 1024, 2, 1), 2, 64),
              AccountConfig.Sessions.DEFAULT,
              new AccountConfig.Attempts(PLENTY, PLENTY, PLENTY, PLENTY));
      Authority.Ground ground =
          new Authority.Ground(
              fate.over(store), fate.over(log), keyring, clock, nanos::get, random);
      AuthorityConfig all =
          AuthorityConfig.of(HttpConfig.plain(), "/hub").with(accounts).with(config);
      authority = await(Authority.start(vertx, all, ground, ticker));
      client =
          WebClient.create(
              vertx,
              new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(authority.port()));
    }

    @Override
    public WebClient client() {
      return client;
    }

    @Override
    public SecureRandom random() {
      return random;
    }

    boolean serves(RoomId room) {
      return nodes(nodes -> nodes.leases().serves(room));
    }

    int leases() {
      return nodes(nodes -> nodes.leases().served().size());
    }

    <T> T nodes(java.util.function.Function<Nodes, T> ask) {
      return await(authority.onLoop(nodes -> Future.succeededFuture(ask.apply(nodes))));
    }

    /** Nothing is heard of it again. */
    void kill() {
      fate.kill();
      running.remove(this);
      await(authority.onLoop(Nodes::close));
    }

    /** As a process that is stopped, in the midst of a round: time passes without it. */
    void sleep() {
      fate.stop();
      asleep = true;
      nodes(Nodes::round);
    }

    void wake() {
      asleep = false;
      fate.goOn();
    }

    /** In order. */
    void end() {
      running.remove(this);
      await(authority.close());
    }
  }

  One start() {
    One one = new One();
    running.add(one);
    return one;
  }

  /** Starts some, and waits until the leases are spread over them. */
  List<One> start(int count) {
    List<One> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(start());
    }
    settle(count);
    return started;
  }

  /** Until all partitions are served, and evenly. */
  void settle(int count) {
    round();
    until(
        () -> {
          List<Integer> leases = running.stream().map(One::leases).toList();
          return leases.stream().mapToInt(Integer::intValue).sum() == PARTITIONS
              && leases.stream().allMatch(held -> held >= PARTITIONS / count);
        });
    // Each was told of the others as they were before their last step.
    round();
  }

  /** As an authority reads it. */
  SealedStore sealed() {
    return new SealedStore(store, new KeyringSeal(keyring, random));
  }

  /** Second by second; after each, everyone awake does what it then does by itself. */
  void pass(Duration time) {
    for (long i = 0; i < time.toSeconds(); i++) {
      leap(STEP);
      awake().forEach(one -> await(one.authority.onLoop(nodes -> one.ticker.run())));
    }
  }

  /** For as long as one that came too late takes no leases. */
  void passLateness() {
    pass(LeaseConfig.SHARED.takeover().plus(LeaseConfig.SHARED.beat()));
  }

  /** As after a pause of the whole machine. */
  void leap(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private List<One> awake() {
    return running.stream().filter(one -> !one.asleep).toList();
  }

  /** One that fails is followed by another, as it is where time passes. */
  private void round() {
    awake().forEach(one -> await(one.authority.onLoop(Nodes::round).otherwiseEmpty()));
  }

  /** Asks again after each round; no time passes. */
  void until(BooleanSupplier done) {
    for (int i = 0; i < 3_000; i++) {
      if (done.getAsBoolean()) {
        return;
      }
      await(vertx.timer(10));
      round();
    }
    throw new AssertionError("it did not happen");
  }

  One holder(RoomId room) {
    return running.stream().filter(one -> one.serves(room)).findFirst().orElseThrow();
  }

  One other(One than) {
    return running.stream().filter(one -> one != than).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    for (One one : List.copyOf(running)) {
      one.wake();
      one.end();
    }
    await(log.close());
    await(store.close());
    databases.forEach(database -> await(database.close()));
    await(vertx.close());
  }
}
