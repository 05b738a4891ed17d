package dev.zamok.hub;

import dev.zamok.hub.admission.TicketChecker;
import dev.zamok.hub.connection.ConnectionLoop;
import dev.zamok.hub.endpoint.Endpoint;
import dev.zamok.hub.endpoint.EndpointLoop;
import dev.zamok.hub.limit.Time;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.hub.room.PresenceBoard;
import dev.zamok.hub.room.Rooms;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event loop of a hub: its endpoint, its connections, its rooms. */
final class HubVerticle extends VerticleBase {
  private final Shared shared;
  private final Endpoint endpoint;
  private @Nullable EndpointLoop loop;
  private RoomLog.@Nullable Subscription notices;

  HubVerticle(Shared shared, Endpoint endpoint) {
    this.shared = shared;
    this.endpoint = endpoint;
  }

  /** What all event loops of a hub have in common. */
  record Shared(
      HubConfig config,
      RoomLog log,
      TicketChecker checker,
      PresenceBoard presence,
      HubMetrics metrics,
      Time time) {}

  @Override
  public Future<?> start() {
    ConnectionLoop[] connections = new ConnectionLoop[1];
    EndpointLoop made =
        new EndpointLoop(
            endpoint,
            (ContextInternal) context,
            socket -> Objects.requireNonNull(connections[0]).accept(socket));
    Rooms rooms =
        new Rooms(
            shared.log(),
            made.turn(),
            shared.config().limits(),
            shared.metrics(),
            shared.presence(),
            new Rooms.Options(
                shared.config().openRoomsFromTickets(), shared.config().endpoint().tap()));
    ConnectionLoop accepting =
        new ConnectionLoop(
            rooms, shared.checker(), shared.config().limits(), shared.metrics(), shared.time());
    connections[0] = accepting;
    made.start(rooms);
    loop = made;
    return shared
        .log()
        .notices(notice -> notice.accept(accepting))
        .onSuccess(subscription -> notices = subscription);
  }

  /** To be called once it is started. */
  EndpointLoop loop() {
    return Objects.requireNonNull(loop);
  }

  @Override
  public Future<?> stop() {
    if (notices != null) {
      notices.cancel();
    }
    if (loop != null) {
      loop.stop();
    }
    return Future.succeededFuture();
  }
}
