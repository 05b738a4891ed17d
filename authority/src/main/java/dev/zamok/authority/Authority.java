package dev.zamok.authority;

import dev.zamok.authority.account.AccountTables;
import dev.zamok.authority.alert.AlertTables;
import dev.zamok.authority.archive.ArchiveTables;
import dev.zamok.authority.audit.AuditTables;
import dev.zamok.authority.epoch.EpochTables;
import dev.zamok.authority.invite.InviteTables;
import dev.zamok.authority.item.ItemTables;
import dev.zamok.authority.keyring.ServerTables;
import dev.zamok.authority.lease.LeaseTables;
import dev.zamok.authority.link.LinkTables;
import dev.zamok.authority.node.Nodes;
import dev.zamok.authority.node.Ticker;
import dev.zamok.authority.opening.OpeningTables;
import dev.zamok.authority.parcel.ParcelTables;
import dev.zamok.authority.room.RoomTables;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A running authority: one event loop, and a few threads for passwords and signatures. */
public final class Authority {
  private final Vertx vertx;
  private final String deployment;
  private final AuthorityVerticle verticle;

  private Authority(Vertx vertx, String deployment, AuthorityVerticle verticle) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.verticle = verticle;
  }

  /**
   * What an authority runs on. Store and log stay the caller's, to be closed after it; other
   * authorities may run on them too, then with a {@link dev.zamok.authority.node.NodesConfig} that
   * says so.
   *
   * @param keyring opened by {@link dev.zamok.authority.keyring.Keyrings}, which belongs to {@code
   *     store}
   * @param nanos a monotonic clock
   */
  public record Ground(
      Store store,
      RoomLog log,
      Keyring keyring,
      Clock clock,
      LongSupplier nanos,
      SecureRandom random) {
    /** With the monotonic clock of this machine. */
    public Ground(Store store, RoomLog log, Keyring keyring, Clock clock, SecureRandom random) {
      this(store, log, keyring, clock, System::nanoTime, random);
    }
  }

  /** Completes when it serves requests. */
  public static Future<Authority> start(Vertx vertx, AuthorityConfig config, Ground ground) {
    return start(vertx, config, ground, Ticker.of(vertx));
  }

  /** With what comes by itself when {@code ticker} says so: for tests. */
  static Future<Authority> start(
      Vertx vertx, AuthorityConfig config, Ground ground, Ticker ticker) {
    AuthorityVerticle verticle = new AuthorityVerticle(config, ground, ticker);
    return vertx.deployVerticle(verticle).map(id -> new Authority(vertx, id, verticle));
  }

  /** Where it listens. */
  public int port() {
    return verticle.port();
  }

  /** By which hubs check its tickets; a set of public keys. */
  public TicketKeys ticketKeys() {
    return verticle.ticketKeys().keys();
  }

  /** The same as JWK set (RFC 7517), for hubs in other processes. */
  public String ticketJwks() {
    return verticle.ticketKeys().verifying();
  }

  /** Runs on its event loop: for tests. */
  <T> Future<T> onLoop(Function<Nodes, Future<T>> task) {
    return verticle.onLoop(task);
  }

  /** Completes what is under way, up to a limit, and lets go of all but store and log. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  /** All tables of all domains: what a rewrap must meet. */
  public static List<Table> tables() {
    List<Table> all = new ArrayList<>();
    all.addAll(ServerTables.ALL);
    all.addAll(AuditTables.ALL);
    all.addAll(AccountTables.ALL);
    all.addAll(RoomTables.ALL);
    all.addAll(EpochTables.ALL);
    all.addAll(LeaseTables.ALL);
    all.addAll(AlertTables.ALL);
    all.addAll(ArchiveTables.ALL);
    all.addAll(ItemTables.ALL);
    all.addAll(LinkTables.ALL);
    all.addAll(OpeningTables.ALL);
    all.addAll(InviteTables.ALL);
    all.addAll(ParcelTables.ALL);
    return all;
  }
}
