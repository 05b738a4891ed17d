package dev.zamok.app.server;

import dev.zamok.app.OwnerOnly;
import dev.zamok.app.UserError;
import dev.zamok.app.config.LogSettings;
import dev.zamok.app.config.Places;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.authority.keyring.KeyringFile;
import dev.zamok.authority.keyring.KeyringProblem;
import dev.zamok.authority.keyring.Keyrings;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.cassandra.CassandraProblem;
import dev.zamok.authority.store.cassandra.CassandraStore;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.local.HotWindow;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.redis.RedisRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.DatabaseProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room log of a process and, where an authority runs in it, its store and keyring: opened as
 * the settings say, closed together.
 */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
  private static final String KEYRING = "keyring.json";
  private static final Duration OPEN_PAUSE = Duration.ofSeconds(1);
  private static final int OPEN_TRIES_MAX = 30;

  private final Vertx vertx;
  private final Places places;
  private final Clock clock;
  private @Nullable Database database;
  private @Nullable RoomLog log;
  private @Nullable Store store;

  private Stores(Vertx vertx, Places places, Clock clock) {
    this.vertx = vertx;
    this.places = places;
    this.clock = clock;
  }

  /** The room log alone: what a hub needs. Fails with {@link UserError} for what can be mended. */
  static Future<Stores> openLog(Vertx vertx, Places places, Clock clock) {
    Stores stores = new Stores(vertx, places, clock);
    return stores.openLog().map(stores).recover(stores::giveUp);
  }

  /** The log and the store: what an authority needs. */
  static Future<Stores> openAll(Vertx vertx, Places places, Clock clock) {
    Stores stores = new Stores(vertx, places, clock);
    return stores
        .openLog()
        .compose(opened -> stores.openStore())
        .map(stores)
        .recover(stores::giveUp);
  }

  /** The store without the log: for maintenance. */
  static Future<Stores> openStoreAlone(Vertx vertx, Places places, Clock clock) {
    Stores stores = new Stores(vertx, places, clock);
    return stores.openStore().map(stores).recover(stores::giveUp);
  }

  private Future<Void> openLog() {
    Future<? extends RoomLog> opening =
        places.log() instanceof LogSettings.Redis redis
            ? patiently(() -> RedisRoomLog.open(vertx, Drivers.redis(redis)), OPEN_TRIES_MAX)
            : localDatabase().compose(file -> LocalRoomLog.open(vertx, file, clock));
    return opening.map(
        opened -> {
          log = opened;
          return null;
        });
  }

  /** A fail-over may be under way, or everything starts at once. */
  private <T> Future<T> patiently(Supplier<Future<T>> opening, int tries) {
    return opening
        .get()
        .recover(
            failure -> {
              if (tries <= 1 || failure instanceof UserError) {
                return Future.failedFuture(
                    new UserError("the room log does not open: " + failure.getMessage()));
              }
              LOG.warn("the room log does not open yet: {}", String.valueOf(failure.getMessage()));
              return vertx
                  .timer(OPEN_PAUSE.toMillis())
                  .compose(again -> patiently(opening, tries - 1));
            });
  }

  private Future<Void> openStore() {
    Future<? extends Store> opening =
        places.store() instanceof StoreSettings.Cassandra ring
            ? CassandraStore.open(vertx, Drivers.cassandra(ring), clock)
            : localDatabase().compose(file -> LocalStore.open(vertx, file, clock));
    return opening.map(
        opened -> {
          store = opened;
          return null;
        });
  }

  private Future<Database> localDatabase() {
    if (database != null) {
      return Future.succeededFuture(database);
    }
    OwnerOnly.directory(places.data());
    return Database.open(vertx, Database.Options.in(places.data()))
        .map(
            opened -> {
              database = opened;
              return opened;
            });
  }

  RoomLog log() {
    return open(log);
  }

  /**
   * For a hub without an authority, whose log nobody archives. A log on Redis is shared with other
   * hubs and stays as it is: it refuses members when its memory is full.
   */
  void trimUnarchived() {
    if (log instanceof LocalRoomLog local) {
      local.trimUnarchived(HotWindow.DEFAULT);
    }
  }

  Store store() {
    return open(store);
  }

  /** Makes one only for an empty store. */
  Future<Keyring> keyring(SecureRandom random) {
    return keyrings(random).open();
  }

  Keyrings keyrings(SecureRandom random) {
    return new Keyrings(
        vertx, store(), new KeyringFile(keyringPath(places), places.data()), clock, random);
  }

  static Path keyringPath(Places places) {
    return KeyringFile.choose(System.getenv(), places.keys().resolve(KEYRING));
  }

  private static <T> T open(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not opened");
    }
    return part;
  }

  /** Closes, then fails with what kept the server from starting, in the administrator's words. */
  <T> Future<T> giveUp(Throwable failure) {
    return close().transform(closed -> Future.failedFuture(explain(failure)));
  }

  private static Throwable explain(Throwable failure) {
    return failure instanceof DatabaseProblem
            || failure instanceof KeyringProblem
            || failure instanceof CassandraProblem
        ? new UserError(String.valueOf(failure.getMessage()))
        : failure;
  }

  Future<Void> close() {
    Future<Void> closed = Future.succeededFuture();
    if (store != null) {
      closed = closed.eventually(store::close);
    }
    if (log != null) {
      closed = closed.eventually(log::close);
    }
    if (database != null) {
      closed = closed.eventually(database::close);
    }
    return closed;
  }
}
