package dev.zamok.authority.room;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.FaultyLog;
import dev.zamok.authority.ManualTimers;
import dev.zamok.authority.TestClock;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.epoch.EpochConfig;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.RowSeal;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.crypto.row.RowAddress;
import dev.zamok.crypto.row.RowSealer;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rooms over the real store and the real log, in one directory. Closing and opening again is what a
 * new process finds: nothing but the directory passes from one to the other.
 */
public final class RoomBed implements AutoCloseable {
  private static final long POLLS_MAX = 6_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final WorkerExecutor pool = vertx.createSharedWorkerExecutor("bed", 1);
  private final SecureRandom random = new SecureRandom();
  private final Keyring keyring = Keyring.generate(random);
  private final SigningKey controlKey = SigningKey.generate(random);
  private final Path directory;
  private final @Nullable BiFunction<Vertx, Clock, Future<? extends Store>> otherStore;
  private final TestClock clock = new TestClock();
  private final @Nullable Function<Vertx, Future<? extends RoomLog>> otherLog;
  private final Town town = new Town();
  private ManualTimers timers = new ManualTimers(clock);
  private static final int CLAIMS_MAX = 300;
  private static final long CLAIM_PAUSE_MILLIS = 100;

  private Part part;

  /** What ends with the process. */
  private record Part(
      Database database, Store raw, SealedStore store, FaultyLog log, Leases leases, Rooms rooms) {}

  public RoomBed(Path directory) {
    this(directory, null, null);
  }

  /** Over another log than the embedded one. */
  static RoomBed over(Path directory, Function<Vertx, Future<? extends RoomLog>> otherLog) {
    return new RoomBed(directory, null, otherLog);
  }

  /**
   * As it is otherwise.
   *
   * @param otherStore instead of the embedded store
   */
  public RoomBed(
      Path directory, @Nullable BiFunction<Vertx, Clock, Future<? extends Store>> otherStore) {
    this(directory, otherStore, null);
  }

  private RoomBed(
      Path directory,
      @Nullable BiFunction<Vertx, Clock, Future<? extends Store>> otherStore,
      @Nullable Function<Vertx, Future<? extends RoomLog>> otherLog) {
    this.directory = directory;
    this.otherStore = otherStore;
    this.otherLog = otherLog;
    this.part = open();
  }

  private Part open() {
    timers = new ManualTimers(clock);
    return on(
        () ->
            Database.open(vertx, Database.Options.in(directory))
                .compose(
                    database ->
                        store(database)
                            .compose(
                                store ->
                                    log(database)
                                        .compose(
                                            log -> part(database, store, new FaultyLog(log))))));
  }

  private Future<? extends RoomLog> log(Database database) {
    return otherLog == null ? LocalRoomLog.open(vertx, database, clock) : otherLog.apply(vertx);
  }

  private Future<? extends Store> store(Database database) {
    return otherStore == null
        ? LocalStore.open(vertx, database, clock)
        : otherStore.apply(vertx, clock);
  }

  private Future<Part> part(Database database, Store raw, FaultyLog log) {
    SealedStore store = new SealedStore(raw, seal());
    return claim(store, log, CLAIMS_MAX)
        .compose(leases -> whole(store, log, leases))
        .map(leases -> new Part(database, raw, store, log, leases, rooms(store, log, leases)));
  }

  /** On a busy machine servers may take a while to be found. */
  private Future<Leases> claim(SealedStore store, FaultyLog log, int tries) {
    return Leases.claim(store, log)
        .recover(
            failure ->
                failure instanceof Unavailable && tries > 1
                    ? vertx.timer(CLAIM_PAUSE_MILLIS).compose(v -> claim(store, log, tries - 1))
                    : Future.failedFuture(failure));
  }

  /** As every authority begins. */
  private static Future<Leases> whole(SealedStore store, FaultyLog log, Leases leases) {
    RoomRestorer restorer = new RoomRestorer(store, log, leases, new Archive(store)::last);
    leases.register(restorer);
    return Future.all(IntStream.range(0, log.partitions()).mapToObj(restorer::gained).toList())
        .map(leases);
  }

  /** Another authority on the same log and store. */
  Rooms rooms(SealedStore store, FaultyLog log, Leases leases) {
    return new Rooms(
        new Rooms.Ground(store, log, leases, town, pool, new Audit(store, clock, random)),
        new Rooms.Sources(random, clock, timers),
        controlKey,
        RoomConfig.DEFAULT,
        EpochConfig.DEFAULT);
  }

  /** A new process on the same directory, which has finished what it could of what was left. */
  public void restart() {
    crash();
    on(() -> rooms().start());
  }

  /** A new process that did not look at anything yet. */
  void crash() {
    shut();
    part = open();
  }

  private void shut() {
    Part old = part;
    on(() -> old.log().close().compose(v -> old.database().close()));
  }

  /** Runs on the loop all parts belong to. */
  public <T> T on(Supplier<Future<T>> task) {
    return await(run(task));
  }

  public <T> Future<T> run(Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(
        v -> {
          try {
            task.get().onComplete(promise);
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  /** Lets time pass, and runs what is due. */
  public void pass(Duration time) {
    clock.advance(time);
    on(
        () -> {
          timers.run();
          return Future.succeededFuture();
        });
  }

  /** Waits until something that was begun is done. */
  public void until(BooleanSupplier done) {
    for (long i = 0; i < POLLS_MAX; i++) {
      if (done.getAsBoolean()) {
        return;
      }
      on(() -> vertx.timer(10).mapEmpty());
    }
    throw new AssertionError("it did not happen");
  }

  private RowSeal seal() {
    RowSealer sealer = new RowSealer(keyring, random);
    return new RowSeal() {
      @Override
      public Bytes seal(RowKey key, long version, Bytes body) {
        return sealer.seal(address(key, version), body.toByteArray());
      }

      @Override
      public Bytes open(RowKey key, long version, Bytes sealed) {
        return Bytes.wrap(sealer.open(address(key, version), sealed));
      }

      @Override
      public boolean isCurrent(Bytes sealed) {
        return true;
      }
    };
  }

  private static RowAddress address(RowKey key, long version) {
    return new RowAddress(key.table().name(), key.partition(), key.sort(), version);
  }

  public Town town() {
    return town;
  }

  public Rooms rooms() {
    return part.rooms();
  }

  public FaultyLog log() {
    return part.log();
  }

  /** As who reaches the database sees it. */
  public Store raw() {
    return part.raw();
  }

  public SealedStore store() {
    return part.store();
  }

  public Leases leases() {
    return part.leases();
  }

  public TestClock clock() {
    return clock;
  }

  public ManualTimers timers() {
    return timers;
  }

  public WorkerExecutor pool() {
    return pool;
  }

  public SecureRandom random() {
    return random;
  }

  public SigningKey controlKey() {
    return controlKey;
  }

  @Override
  public void close() {
    shut();
    await(vertx.close());
  }
}
