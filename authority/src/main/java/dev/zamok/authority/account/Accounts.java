package dev.zamok.authority.account;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.http.Answer;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.Endpoints;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.http.Request;
import dev.zamok.authority.http.SessionCheck;
import dev.zamok.authority.rights.Liveness;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;

/** All about accounts. Threads: one event loop. */
public final class Accounts implements Endpoints {
  private final AccountParts parts;
  private final SealedStore store;
  private final Audit audit;
  private final Metrics metrics;
  private final Registration registration;

  private Accounts(AccountParts parts, SealedStore store, Audit audit, Metrics metrics) {
    this.parts = parts;
    this.store = store;
    this.audit = audit;
    this.metrics = metrics;
    this.registration = new Registration(parts, audit);
  }

  /** What accounts stand on. */
  public record Ground(
      Vertx vertx, SealedStore store, RoomLog log, Clock clock, SecureRandom random) {}

  /**
   * Puts the parts together.
   *
   * @param hook told what rooms must follow
   */
  public static Accounts on(
      Ground ground,
      Directory directory,
      AccountHook hook,
      Audit audit,
      Metrics metrics,
      AccountConfig config) {
    SealedStore store = ground.store;
    PasswordPool pool = new PasswordPool(ground.vertx, config.passwords(), ground.random);
    Sessions sessions = new Sessions(store, config.sessions(), ground.clock, ground.random);
    DeviceCodes codes =
        new DeviceCodes(
            store, sessions, config.sessions().lifeMax(), ground.clock, ground.random());
    AccountParts parts =
        new AccountParts(
            config,
            new Limits(config.attempts(), ground.clock),
            pool,
            directory,
            new Registrar(store, directory, ground.clock),
            new Credentials(store, directory, pool),
            sessions,
            codes,
            new SessionEnd(store, sessions, codes, ground.log, hook),
            hook);
    return new Accounts(parts, store, audit, metrics);
  }

  @Override
  public void addTo(Api api) {
    new AccountApi(parts, store, audit, registration).addTo(api);
    new SessionApi(parts, audit, metrics).addTo(api);
    new CardApi(parts, store, audit).addTo(api);
    new DeviceApi(parts.deviceCodes(), parts.sessions(), parts.limits(), audit).addTo(api);
  }

  /**
   * Makes the account that a request describes as the contract's {@code InvitedRegistration} does,
   * whether registration is open or not. After a refusal, such as of a login name that is taken,
   * the voucher is given back, unless the store fails then; another failure may have used it up.
   */
  public Future<Answer> register(Request request, Voucher voucher) {
    return registration.invited(request, voucher);
  }

  public SessionCheck sessions() {
    return parts.sessions();
  }

  public Liveness liveness() {
    return parts.sessions();
  }

  /** Lets go of the threads that hash passwords. */
  public Future<Void> close() {
    return parts.pool().close();
  }
}
