package dev.zamok.authority;

import dev.zamok.authority.account.Accounts;
import dev.zamok.authority.account.Directory;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.epoch.Leases;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.history.HistoryApi;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.ApiServer;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.keyring.ServerSecrets;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.share.ShareApi;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.ticket.Holders;
import dev.zamok.authority.ticket.TicketApi;
import dev.zamok.crypto.identity.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an authority together, on one event loop. */
final class AuthorityVerticle extends VerticleBase {
  private static final String POOL = "zamok-authority";
  private static final Duration PLAN_EVERY = Duration.ofSeconds(5);

  private final AuthorityConfig config;
  private final Authority.Ground ground;
  private final Metrics metrics = new Metrics();
  private @Nullable Running running;
  private @Nullable TicketKeySet ticketKeys;

  AuthorityVerticle(AuthorityConfig config, Authority.Ground ground) {
    this.config = config;
    this.ground = ground;
  }

  /** What has to be stopped. */
  private record Running(
      ApiServer server, Archiver archiver, Accounts accounts, WorkerExecutor pool, long planner) {}

  @Override
  public Future<?> start() {
    SealedStore store =
        new SealedStore(ground.store(), new KeyringSeal(ground.keyring(), ground.random()));
    return ServerSecrets.open(store, ground.random())
        .compose(
            secrets ->
                Leases.claim(store, ground.log())
                    .compose(leases -> assemble(store, secrets, leases)));
  }

  @Override
  public Future<?> stop() {
    Running r = running;
    if (r == null) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(r.planner);
    r.archiver.close();
    return r.server.close().compose(v -> r.accounts.close()).compose(v -> r.pool.close());
  }

  int port() {
    Running r = running;
    if (r == null) {
      throw new IllegalStateException("the authority does not run");
    }
    return r.server.port();
  }

  TicketKeySet ticketKeys() {
    TicketKeySet keys = ticketKeys;
    if (keys == null) {
      throw new IllegalStateException("the authority does not run");
    }
    return keys;
  }

  private Future<Void> assemble(SealedStore store, ServerSecrets secrets, Leases leases) {
    WorkerExecutor pool =
        vertx.createSharedWorkerExecutor(POOL, Runtime.getRuntime().availableProcessors());
    SigningKey control = SigningKey.of(secrets.control());
    TicketKeySet tickets = TicketKeySet.of(secrets.ticket());
    ticketKeys = tickets;
    Directory directory = Directory.on(store, secrets.lookup());
    Audit audit = new Audit(store, ground.clock(), ground.random());
    Timers timers = Timers.of(vertx);
    Rooms rooms =
        new Rooms(
            new Rooms.Ground(
                store, ground.log(), leases, new DirectoryPeople(directory), pool, audit),
            new Rooms.Sources(ground.random(), ground.clock(), timers),
            control,
            config.rooms(),
            config.epochs());
    Accounts accounts =
        Accounts.on(
            new Accounts.Ground(vertx, store, ground.log(), ground.clock(), ground.random()),
            directory,
            new RoomsHook(rooms),
            audit,
            metrics,
            config.accounts());
    Archiver archiver =
        new Archiver(
            store,
            ground.log(),
            leases,
            new ArchivePolicy(rooms),
            config.archive(),
            new Archiver.Pace(ground.clock(), timers));
    About about = new About(config, control.publicKey(), tickets, ground.clock());
    Health health = new Health(ground.store(), ground.log(), leases);
    return rooms
        .start()
        .compose(v -> Api.load(vertx))
        .compose(
            api -> {
              about.addTo(api);
              health.addTo(api);
              accounts.addTo(api);
              rooms.endpoints().addTo(api);
              new TicketApi(
                      new Holders(rooms, accounts.liveness()),
                      tickets.signing(),
                      config.tickets(),
                      pool,
                      ground.random(),
                      ground.clock())
                  .addTo(api);
              new ShareApi(rooms, accounts.liveness()).addTo(api);
              new HistoryApi(rooms, new Archive(store), ground.log()).addTo(api);
              return ApiServer.start(vertx, config.http(), api, accounts.sessions(), metrics);
            })
        .map(
            server -> {
              archiver.start();
              long planner = vertx.setPeriodic(PLAN_EVERY.toMillis(), id -> rooms.plan().tick());
              running = new Running(server, archiver, accounts, pool, planner);
              return null;
            });
  }
}
