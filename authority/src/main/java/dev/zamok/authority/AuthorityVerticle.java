package dev.zamok.authority;

import dev.zamok.authority.account.Accounts;
import dev.zamok.authority.account.Directory;
import dev.zamok.authority.archive.Archive;
import dev.zamok.authority.archive.ArchiveTables;
import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.epoch.EpochTables;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.history.HistoryApi;
import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.ApiServer;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.invite.InviteApi;
import dev.zamok.authority.invite.InviteDoor;
import dev.zamok.authority.item.ItemApi;
import dev.zamok.authority.item.ItemTables;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.keyring.ServerSecrets;
import dev.zamok.authority.lease.LeasedStore;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.letter.FilePost;
import dev.zamok.authority.letter.LetterConfig;
import dev.zamok.authority.letter.Post;
import dev.zamok.authority.letter.SmtpPost;
import dev.zamok.authority.link.LinkApi;
import dev.zamok.authority.node.Nodes;
import dev.zamok.authority.node.Ticker;
import dev.zamok.authority.opening.OpeningApi;
import dev.zamok.authority.parcel.ParcelApi;
import dev.zamok.authority.room.RoomRestorer;
import dev.zamok.authority.room.RoomTables;
import dev.zamok.authority.room.Rooms;
import dev.zamok.authority.share.ShareApi;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.authority.ticket.Holders;
import dev.zamok.authority.ticket.TicketApi;
import dev.zamok.crypto.identity.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an authority together, on one event loop. */
final class AuthorityVerticle extends VerticleBase {
  private static final String POOL = "zamok-authority";
  private static final Duration PLAN_EVERY = Duration.ofSeconds(5);

  private final AuthorityConfig config;
  private final Authority.Ground ground;
  private final Ticker ticker;
  private final Metrics metrics = new Metrics();
  private @Nullable Running running;
  private @Nullable TicketKeySet ticketKeys;

  AuthorityVerticle(AuthorityConfig config, Authority.Ground ground, Ticker ticker) {
    this.config = config;
    this.ground = ground;
    this.ticker = ticker;
  }

  /** What has to be stopped. */
  private record Running(
      ApiServer server,
      Archiver archiver,
      Accounts accounts,
      Nodes nodes,
      @Nullable Post post,
      WorkerExecutor pool,
      Runnable planner) {}

  @Override
  public Future<?> start() {
    SealedStore store = sealed(ground.store());
    return ServerSecrets.open(store, ground.random()).compose(secrets -> assemble(store, secrets));
  }

  private SealedStore sealed(Store store) {
    return new SealedStore(store, new KeyringSeal(ground.keyring(), ground.random()));
  }

  /** Leases go first, while requests are still answered; what is under way ends. */
  @Override
  public Future<?> stop() {
    Running r = running;
    if (r == null) {
      return Future.succeededFuture();
    }
    r.planner.run();
    return r.nodes
        .drain()
        .eventually(
            () -> {
              r.archiver.close();
              return r.server.close();
            })
        .eventually(r.nodes::close)
        .eventually(r.accounts::close)
        .eventually(() -> r.post == null ? Future.succeededFuture() : r.post.close())
        .eventually(r.pool::close);
  }

  /** Runs on the event loop that everything here belongs to. */
  <T> Future<T> onLoop(Function<Nodes, Future<T>> task) {
    Running r = running;
    if (r == null) {
      return Future.failedFuture(new IllegalStateException("the authority does not run"));
    }
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> task.apply(r.nodes).onComplete(promise));
    return promise.future();
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

  private Future<Void> assemble(SealedStore store, ServerSecrets secrets) {
    WorkerExecutor pool =
        vertx.createSharedWorkerExecutor(POOL, Runtime.getRuntime().availableProcessors());
    SigningKey control = SigningKey.of(secrets.control());
    ticketKeys = TicketKeySet.of(secrets.ticket());
    Nodes nodes =
        new Nodes(
            new Nodes.Ground(
                vertx, store, ground.log(), ground.clock(), ground.nanos(), ground.random()),
            config.nodes(),
            secrets.node(),
            metrics);
    Leases leases = nodes.leases();
    SealedStore leased = sealed(new LeasedStore(ground.store(), leases, leasedTables()));
    Directory directory = Directory.on(store, secrets.lookup());
    Audit audit = new Audit(store, ground.clock(), ground.random());
    Timers timers = Timers.of(vertx);
    Rooms rooms =
        new Rooms(
            new Rooms.Ground(
                leased, ground.log(), leases, new DirectoryPeople(directory), pool, audit),
            new Rooms.Sources(ground.random(), ground.clock(), timers),
            control,
            config.rooms(),
            config.epochs());
    Accounts accounts =
        Accounts.on(
            new Accounts.Ground(vertx, store, ground.log(), ground.clock(), ground.random()),
            directory,
            new RoomsHook(rooms, leases, nodes),
            audit,
            metrics,
            config.accounts());
    Archiver archiver =
        new Archiver(
            leased,
            ground.log(),
            leases,
            new ArchivePolicy(rooms),
            config.archive(),
            new Archiver.Pace(ground.clock(), timers));
    leases.register(new RoomRestorer(leased, ground.log(), leases, new Archive(store)::last));
    // Before the rooms: what they append may wait for it to be stored.
    leases.register(archiver);
    leases.register(rooms);
    nodes.lagFrom(archiver::lag);
    nodes.alteredFrom(archiver::alteredRooms);
    Post post = post();
    return Api.load(vertx)
        .compose(
            api -> {
              new About(
                      config, nodes::chooseHubs, control.publicKey(), ticketKeys(), ground.clock())
                  .addTo(api);
              new Health(ground.store(), ground.log()).addTo(api);
              accounts.addTo(api);
              rooms.endpoints().addTo(api);
              addKeys(api, rooms, accounts, nodes, pool);
              new ItemApi(rooms, leased).addTo(api);
              new LinkApi(store, audit, ground.clock()).addTo(api);
              new OpeningApi(rooms, directory, store, ground.clock()).addTo(api);
              new ParcelApi(store, directory, audit, ground.clock()).addTo(api);
              new InviteApi(
                      rooms,
                      new InviteApi.Ground(
                          store, directory, audit, ground.clock(), ground.random()),
                      post,
                      config.letters().server())
                  .addTo(api);
              new InviteDoor(rooms, accounts, store, ground.clock()).addTo(api);
              new HistoryApi(rooms, new Archive(store), ground.log()).addTo(api);
              return archiver.watch().compose(v -> serve(api, rooms, accounts, nodes));
            })
        .map(
            server -> {
              Runnable planner = ticker.every(PLAN_EVERY, () -> plan(rooms));
              running = new Running(server, archiver, accounts, nodes, post, pool, planner);
              return null;
            });
  }

  /** Null where nobody can be written to. */
  private @Nullable Post post() {
    LetterConfig letters = config.letters();
    LetterConfig.Smtp smtp = letters.smtp();
    if (smtp != null) {
      return new SmtpPost(vertx, smtp);
    }
    Path directory = letters.directory();
    return directory == null
        ? null
        : new FilePost(vertx, directory, ground.clock(), ground.random());
  }

  private static Future<Void> plan(Rooms rooms) {
    rooms.plan().tick();
    return Future.succeededFuture();
  }

  private void addKeys(Api api, Rooms rooms, Accounts accounts, Nodes nodes, WorkerExecutor pool) {
    new TicketApi(
            new Holders(rooms, accounts.liveness()),
            ticketKeys().signing(),
            config.tickets(),
            nodes::chooseHubs,
            new TicketApi.Sources(pool, ground.random(), ground.clock()))
        .addTo(api);
    new ShareApi(rooms, accounts.liveness()).addTo(api);
  }

  /** Clients come in last, when leases were taken. */
  private Future<ApiServer> serve(Api api, Rooms rooms, Accounts accounts, Nodes nodes) {
    rooms.watch();
    return nodes
        .open(config.http(), api, accounts.sessions(), metrics, rooms)
        .compose(v -> nodes.start(ticker))
        .compose(
            v ->
                ApiServer.start(
                    vertx,
                    config.http(),
                    api,
                    new ApiServer.Desk(accounts.sessions(), metrics, nodes.placement())));
  }

  private static Map<Table, LeasedStore.RoomIn> leasedTables() {
    Map<Table, LeasedStore.RoomIn> tables = new HashMap<>(RoomTables.LEASED);
    tables.put(EpochTables.EPOCH, LeasedStore.RoomIn.PARTITION);
    tables.put(ArchiveTables.BUCKET, LeasedStore.RoomIn.PARTITION);
    tables.put(ItemTables.ITEM, LeasedStore.RoomIn.PARTITION);
    tables.put(ArchiveTables.MESSAGE, LeasedStore.RoomIn.PARTITION);
    return tables;
  }
}
