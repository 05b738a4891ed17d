package dev.zamok.authority.node;

import dev.zamok.authority.http.InnerServer;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.room.Rooms;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** What authorities ask of each other beside the requests of clients. */
final class NodeTasks {
  private final Leases leases;
  private final Rooms rooms;

  NodeTasks(Leases leases, Rooms rooms) {
    this.leases = leases;
    this.rooms = rooms;
  }

  static String resetPath(RoomId room) {
    return "/nodes/v1/rooms/" + room + "/resets";
  }

  static String cardPath(RoomId room, AccountId account) {
    return "/nodes/v1/rooms/" + room + "/cards/" + account;
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.post("/v1/rooms/:room/resets").handler(context -> inRoom(context, rooms::reset));
    router
        .post("/v1/rooms/:room/cards/:account")
        .handler(
            context ->
                inRoom(
                    context,
                    room -> rooms.followCard(room, AccountId.parse(context.pathParam("account")))));
    return router;
  }

  /** Never sent on: whoever sent it looked up who holds the lease. */
  private void inRoom(RoutingContext context, Function<RoomId, Future<Void>> task) {
    Future<Void> done;
    try {
      RoomId room = RoomId.parse(context.pathParam("room"));
      done = leases.serves(room) ? task.apply(room) : Future.failedFuture(Forwarder.retry());
    } catch (MalformedException e) {
      done = Future.failedFuture(e);
    }
    InnerServer.answer(context, done);
  }
}
