package dev.zamok.authority;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.account.AccountConfig;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.keyring.KeyringFile;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.keyring.Keyrings;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.password.KdfParams;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.roomlog.local.LocalRoomLog;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A whole authority on real parts in a directory, with a client that speaks HTTP to it. What it
 * would do from time to time it never does: nothing but the test changes anything.
 */
public final class Node implements AutoCloseable, Door {
  /** The weakest that is permitted, for speed. */
  private static final KdfParams KDF = new KdfParams.Argon2id(19 * 1024, 2, 1);

  private static final AccountConfig.Rate PLENTY =
      new AccountConfig.Rate(10_000, Duration.ofSeconds(1));

  public final TestClock clock = new TestClock();
  public final SecureRandom random = new SecureRandom();
  public final Vertx vertx = Vertx.vertx();
  public final Path directory;
  private AccountConfig accounts =
      new AccountConfig(
          true,
          new AccountConfig.Passwords(KDF, 2, 64),
          AccountConfig.Sessions.DEFAULT,
          new AccountConfig.Attempts(PLENTY, PLENTY, PLENTY, PLENTY));
  private HttpConfig http = HttpConfig.plain();
  private Running running;
  private @Nullable BiFunction<Vertx, Clock, Future<? extends Store>> otherStore;

  private record Running(
      Database database,
      Store store,
      LocalRoomLog log,
      Keyring keyring,
      Authority authority,
      WebClient client) {}

  public Node(Path directory) {
    this.directory = directory;
  }

  public Node with(AccountConfig.Attempts attempts) {
    accounts =
        new AccountConfig(
            accounts.registrationOpen(), accounts.passwords(), accounts.sessions(), attempts);
    return this;
  }

  public Node with(AccountConfig.Sessions sessions) {
    accounts =
        new AccountConfig(
            accounts.registrationOpen(), accounts.passwords(), sessions, accounts.attempts());
    return this;
  }

  public Node with(HttpConfig other) {
    http = other;
    return this;
  }

  /** Instead of the embedded store. */
  public Node withStore(BiFunction<Vertx, Clock, Future<? extends Store>> open) {
    otherStore = open;
    return this;
  }

  public Node withPasswordThreads(int threads, int waitingMax) {
    accounts =
        new AccountConfig(
            accounts.registrationOpen(),
            new AccountConfig.Passwords(KDF, threads, waitingMax),
            accounts.sessions(),
            accounts.attempts());
    return this;
  }

  public Node withRegistrationClosed() {
    accounts =
        new AccountConfig(false, accounts.passwords(), accounts.sessions(), accounts.attempts());
    return this;
  }

  public AccountConfig.Attempts attempts() {
    return accounts.attempts();
  }

  public Path data() {
    return directory.resolve("data");
  }

  public Path keyringPath() {
    return directory.resolve("keys").resolve("keyring");
  }

  public Node start() {
    Database database = await(Database.open(vertx, Database.Options.in(data())));
    Store store =
        otherStore == null
            ? await(LocalStore.open(vertx, database, clock))
            : await(otherStore.apply(vertx, clock));
    LocalRoomLog log = await(LocalRoomLog.open(vertx, database, clock));
    KeyringFile file = new KeyringFile(keyringPath(), data());
    Keyring keyring;
    try {
      keyring = await(new Keyrings(vertx, store, file, clock, random).open());
    } catch (RuntimeException e) {
      await(log.close());
      await(store.close());
      await(database.close());
      throw e;
    }
    AuthorityConfig config = AuthorityConfig.of(http, "/hub").with(accounts);
    Authority authority =
        await(
            Authority.start(
                vertx,
                config,
                new Authority.Ground(store, log, keyring, clock, random),
                new ManualTicker(System::nanoTime)));
    WebClientOptions options =
        new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(authority.port());
    running =
        new Running(database, store, log, keyring, authority, WebClient.create(vertx, options));
    return this;
  }

  public void stop() {
    Running r = running;
    running = null;
    if (r != null) {
      r.client.close();
      await(r.authority.close());
      await(r.log.close());
      await(r.store.close());
      await(r.database.close());
    }
  }

  @Override
  public void close() {
    stop();
    await(vertx.close());
  }

  @Override
  public SecureRandom random() {
    return random;
  }

  @Override
  public WebClient client() {
    return running.client;
  }

  public Store store() {
    return running.store;
  }

  public LocalRoomLog log() {
    return running.log;
  }

  public Authority authority() {
    return running.authority;
  }

  public SealedStore sealed() {
    return sealed(running.store);
  }

  /** Another way to the node's rows. */
  public SealedStore sealed(Store over) {
    return new SealedStore(over, new KeyringSeal(running.keyring, random));
  }
}
