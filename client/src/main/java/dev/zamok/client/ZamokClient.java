package dev.zamok.client;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.HttpAuthority;
import dev.zamok.client.authority.HttpExchange;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.link.WebSocketDialer;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.ThreadLoop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileDirectory;
import dev.zamok.client.profile.ProfileStore;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.trust.CertificatePin;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.SecretBytes;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Zamok server, for one account at a time. Its users never touch a key.
 *
 * <p>Thread-safe. All state belongs to one thread, {@code zamok-client}; futures complete and
 * listeners are called on it, so what runs there must not block. Futures fail with {@link
 * ClientProblem}.
 *
 * <pre>{@code
 * try (ZamokClient client = ZamokClient.builder().server(uri).profile(directory).build()) {
 *   Session session = client.login("alice", password).join().unlock(master).join();
 *   Room room = session.createPrivate("plans", History.FULL).join();
 *   room.subscribe(listener).join();
 *   room.publish(Content.text("hello")).join();
 * }
 * }</pre>
 */
public final class ZamokClient implements AutoCloseable {
  static final int HTTP_THREADS = 2;

  private final ThreadLoop loop;
  private final ExecutorService httpPool;
  private final ExecutorService passwordPool;
  private final Profile profile;
  private final HttpAuthority authority;
  private final KeptStart kept;
  private final Accounts accounts;
  private final Recovery recovery;
  private final SessionStart start;
  private final String deviceName;

  ZamokClient(ClientBuilder options) {
    URI server = options.server;
    if (server == null) {
      throw new IllegalArgumentException("name the server");
    }
    SecureRandom random = options.random;
    deviceName = options.deviceName;
    Path directory = options.profile;
    profile =
        new Profile(
            directory == null ? ProfileStore.inMemory() : ProfileDirectory.open(directory), random);
    SSLContext tls = Https.trusting(options.trust, profile, random);
    loop = new ThreadLoop("zamok-client", options.clock);
    httpPool = pool("zamok-client-http", HTTP_THREADS);
    Https https = new Https(tls, httpPool, options.connectTimeout);
    passwordPool = pool("zamok-client-password", 1);
    HttpExchange exchange = new HttpExchange(https.client(), server, loop, options.requestTimeout);
    authority = new HttpAuthority(exchange);
    accounts = new Accounts(loop, passwordPool, authority, options.masterPasswordCost, random);
    Rewrap rewrap = new Rewrap(random);
    recovery = new Recovery(accounts, rewrap);
    // Of its own: a server decides once per connection whether it is the hub's or the authority's.
    WebSocketDialer dialer = new WebSocketDialer(https.client(), loop, options.connectTimeout);
    start =
        new SessionStart(
            new SessionStart.Ground(loop, authority, profile, random),
            new SessionStart.Hub(server, dialer, options.frameTap),
            new OwnAccount.Ways(accounts, recovery, rewrap, new Succession(profile)),
            directory != null);
    kept = new KeptStart(profile, authority, accounts, start::keeper);
  }

  public static ClientBuilder builder() {
    return new ClientBuilder();
  }

  /**
   * The certificate that the server shows now, which nothing vouches for: let the user compare it
   * before {@link #pinServer}. Blocks for some seconds at most. Fails with {@code UNAVAILABLE}.
   */
  public static CertificatePin serverCertificate(URI server, Duration timeout) {
    return CertificatePin.shownBy(server, timeout);
  }

  /**
   * Pins a server in a profile that no client uses now, for {@link ServerTrust#pinnedInProfile}.
   */
  public static void pinServer(Path profile, CertificatePin pin) {
    try (ProfileDirectory directory = ProfileDirectory.open(profile)) {
      new Profile(directory, new SecureRandom()).pinServer(pin.toString());
    }
  }

  /** Makes an account and logs in to it. */
  public CompletableFuture<Session> register(String login, char[] password, char[] master) {
    return register(login, password, master, NewAccount.PLAIN);
  }

  /**
   * As {@link #register(String, char[], char[])}, with what goes with it. Fails with {@code
   * REFUSED} ({@code registration-closed}) where accounts are made for the invited alone, and no
   * letter, or none that is good, is among it. The outcome is unknown, too, where the account was
   * made and the login failed.
   */
  public CompletableFuture<Session> register(
      String login, char[] password, char[] master, NewAccount more) {
    String secret = new String(password);
    char[] typed = master.clone();
    return Futures.on(
        loop,
        () ->
            accounts
                .register(login, secret, typed, more)
                .whenComplete((done, failure) -> Arrays.fill(typed, '\0'))
                .thenCompose(
                    opened ->
                        authority
                            .login(login, secret, profile.device(), deviceName)
                            .thenApply(session -> start.session(login, session, opened, false))
                            .exceptionallyCompose(
                                why ->
                                    CompletableFuture.failedFuture(
                                        ClientProblem.in(why).perhapsDone()))));
  }

  /** Fails with {@code WRONG_PASSWORD} when name or password are wrong. */
  public CompletableFuture<Login> login(String login, char[] password) {
    String secret = new String(password);
    return Futures.on(
        loop,
        () ->
            authority
                .login(login, secret, profile.device(), deviceName)
                .thenApply(session -> new Login(this, login, session)));
  }

  CompletableFuture<Session> unlock(String login, Answers.NewSession session, char[] master) {
    char[] typed = master.clone();
    SessionApi api = authority.session(session.token());
    return Futures.on(
        loop,
        () ->
            SessionStart.about(api, session)
                .thenCompose(about -> accounts.unlock(api, about, typed))
                .whenComplete((done, failure) -> Arrays.fill(typed, '\0'))
                .thenCompose(opened -> start(login, session, opened, false)));
  }

  CompletableFuture<Session> recover(
      String login, Answers.NewSession session, char[] password, SecretBytes code, char[] master) {
    String secret = new String(password);
    char[] typed = master.clone();
    SessionApi api = authority.session(session.token());
    return Futures.on(
        loop,
        () ->
            SessionStart.about(api, session)
                .thenCompose(
                    about ->
                        recovery.recover(
                            new Rewrap.Desk(api, authority.account(session.token()), about, secret),
                            code,
                            typed))
                .whenComplete((done, failure) -> Arrays.fill(typed, '\0'))
                .thenCompose(opened -> start(login, session, opened, false)));
  }

  private CompletableFuture<Session> start(
      String login, Answers.NewSession session, Accounts.Opened opened, boolean isKept) {
    return start
        .finished(session, opened)
        .thenApply(
            done -> {
              Session made = start.session(login, session, done, isKept);
              return opened.pending() ? made.tookUp() : made;
            });
  }

  /**
   * Takes the secret that a link of this server holds, which uses up a view; no login is needed.
   * Whoever has no profile at that server takes a {@link LinkClient}.
   *
   * @param code null where none is needed
   */
  public CompletableFuture<Links.Received> receive(SecretLink link, @Nullable String code) {
    return Futures.on(loop, () -> Links.receive(authority, link, code));
  }

  /** The login name for which this device needs no password; empty when it is not kept. */
  public CompletableFuture<Optional<String>> keptLogin() {
    return Futures.on(
        loop,
        () ->
            CompletableFuture.completedFuture(
                profile.keptDevice().map(kept -> kept.login().name())));
  }

  /**
   * Goes on with the session of a device that is kept: no password is needed. Fails with {@code
   * LOGGED_OUT} when that is over, and with {@code REFUSED} when the server's half or the keys are
   * not those that this device knows; the device is forgotten then, and a login is needed.
   */
  public CompletableFuture<Session> resume() {
    return Futures.on(
        loop,
        () ->
            kept.resume().thenCompose(now -> start(now.name(), now.session(), now.opened(), true)));
  }

  /**
   * Forgets this device without unlocking it: its session ends, here in any case. Fails with {@code
   * UNAVAILABLE} when the server could not be told: the session lasts there until it is revoked
   * from another device or expires.
   */
  public CompletableFuture<Void> forgetKept() {
    return Futures.on(loop, kept::forget);
  }

  /** Whether the user said that this device is not to be kept. */
  public CompletableFuture<Boolean> wantsMasterPassword() {
    return Futures.on(loop, () -> CompletableFuture.completedFuture(profile.wantsMasterPassword()));
  }

  public CompletableFuture<Void> setWantsMasterPassword(boolean wants) {
    return Futures.on(
        loop,
        () -> {
          profile.setWantsMasterPassword(wants);
          return CompletableFuture.completedFuture(null);
        });
  }

  /** Closes connections and the profile. Log out first to end the session at the server too. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            profile.close();
          } finally {
            closed.complete(null);
          }
        });
    closed.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).exceptionally(e -> null).join();
    loop.close();
    httpPool.shutdownNow();
    passwordPool.shutdownNow();
  }

  static ExecutorService pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
