package dev.zamok.authority.node;

import dev.zamok.authority.http.Api;
import dev.zamok.authority.http.ApiServer;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.http.InnerServer;
import dev.zamok.authority.http.Metrics;
import dev.zamok.authority.http.Placement;
import dev.zamok.authority.http.SessionCheck;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Between authorities: what others send on arrives here, and what is theirs is sent on to them. One
 * that is alone neither listens nor sends. Belongs to the event loop of the authority.
 */
final class InnerDoor {
  private final Vertx vertx;
  private final NodesConfig.@Nullable Inner listen;
  private final Leases leases;
  private final InnerServer.@Nullable Identity identity;
  private @Nullable Forwarder forwarder;
  private @Nullable InnerServer server;

  /** What requests need that are sent on. */
  record Desk(SessionCheck sessions, Metrics metrics, Rooms rooms) {}

  /**
   * @param listen null for an authority that is alone
   * @param secret by which authorities know each other
   */
  InnerDoor(Vertx vertx, NodesConfig.@Nullable Inner listen, Leases leases, SecretBytes secret) {
    this.vertx = vertx;
    this.listen = listen;
    this.leases = leases;
    this.identity = listen == null ? null : NodeIdentity.of(secret);
  }

  /** Yields where requests of clients are to be carried out. */
  Future<Placement> open(HttpConfig http, Api api, Desk desk) {
    Placement arrived = Forwarder.arrived(leases, desk.rooms()::partition);
    if (listen == null || identity == null) {
      return Future.succeededFuture(arrived);
    }
    Forwarder made = new Forwarder(vertx, leases, desk.rooms()::partition, identity);
    forwarder = made;
    HttpConfig config =
        new HttpConfig(listen.host(), listen.port(), false, null, http.answerTimeMax());
    return InnerServer.start(
            vertx,
            config,
            identity,
            api,
            new ApiServer.Desk(desk.sessions(), desk.metrics(), arrived),
            new NodeTasks(leases, desk.rooms()).router(vertx))
        .map(
            started -> {
              server = started;
              return made;
            });
  }

  /** {@code host:port} where other authorities reach this one; empty when it is alone. */
  String address() {
    if (listen == null) {
      return "";
    }
    InnerServer open = server;
    if (open == null || !listen.advertised().isEmpty()) {
      return listen.advertised();
    }
    return listen.host() + ":" + open.port();
  }

  /** Has a task done by whoever holds the lease of the room. */
  Future<Void> elsewhere(RoomId room, String path) {
    Forwarder made = forwarder;
    return made == null
        ? Future.failedFuture(Forwarder.retry())
        : made.task(leases.partitionOf(room), path);
  }

  Future<Void> close() {
    Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
    return closed
        .eventually(() -> forwarder == null ? Future.succeededFuture() : forwarder.close())
        .mapEmpty();
  }
}
