package dev.zamok.hub.service;

import dev.zamok.hub.admission.TicketChecker;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.hub.room.PresenceBoard;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.ticket.ServiceTicket.Scope;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server API on a loopback port, behind the PROXY protocol of the endpoint's relay; {@code
 * service-api.yaml} describes it. Every operation wants a service ticket with its scope; nothing of
 * a body is read before that was checked.
 */
public final class ServiceVerticle extends VerticleBase {
  /** Where the endpoint relays it from. */
  public static final String PREFIX = "/hub/api/";

  /** An entry of 65,000 bytes in base64, and the fields around it. */
  private static final int BODY_BYTES_MAX = 98_304;

  private static final int HEADER_BYTES_MAX = 8_192;
  private static final int IDLE_SECONDS_MAX = 75;
  private static final int AUTHORIZATION_CHARACTERS_MAX = 4_096;

  private final RoomLog log;
  private final TicketChecker checker;
  private final PresenceBoard presence;
  private final HubMetrics metrics;
  private final long leaseToken;
  private @Nullable HttpServer server;

  public ServiceVerticle(
      RoomLog log,
      TicketChecker checker,
      PresenceBoard presence,
      HubMetrics metrics,
      long leaseToken) {
    this.log = log;
    this.checker = checker;
    this.presence = presence;
    this.metrics = metrics;
    this.leaseToken = leaseToken;
  }

  /** To be called once it is started. */
  public int port() {
    return java.util.Objects.requireNonNull(server).actualPort();
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setUseProxyProtocol(true)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(router())
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private Router router() {
    Operations operations = new Operations(log, presence, new Leases(log, leaseToken));
    Router router = Router.router(vertx);
    String room = PREFIX + "rooms/:room";
    serve(router, HttpMethod.PUT, room, Scope.REKEY, 200, operations::openRoom);
    serve(router, HttpMethod.GET, room, Scope.READ, 200, operations::state);
    serve(router, HttpMethod.POST, room + "/entries", Scope.PUSH, 201, operations::pushEntry);
    serve(router, HttpMethod.GET, room + "/entries", Scope.READ, 200, operations::entries);
    serve(router, HttpMethod.POST, room + "/signals", Scope.PUSH, 202, operations::pushSignal);
    serve(router, HttpMethod.POST, room + "/rekeys", Scope.REKEY, 201, operations::rekey);
    serve(router, HttpMethod.POST, room + "/announcements", Scope.REKEY, 201, operations::announce);
    serve(router, HttpMethod.POST, room + "/closings", Scope.REKEY, 201, operations::closeEpochs);
    serve(router, HttpMethod.POST, room + "/evictions", Scope.EVICT, 201, operations::evict);
    serve(router, HttpMethod.GET, room + "/presence", Scope.PRESENCE, 200, operations::presence);
    serve(router, HttpMethod.POST, PREFIX + "revocations", Scope.EVICT, 202, operations::revoke);
    router
        .get(PREFIX + "metrics")
        .handler(context -> authorise(context, Scope.READ))
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4")
                    .end(metrics.prometheus()));
    for (int status : new int[] {404, 405, 413}) {
      router.errorHandler(status, context -> Problem.http(status).send(context.response()));
    }
    return router;
  }

  private void serve(
      Router router,
      HttpMethod method,
      String path,
      Scope scope,
      int status,
      Function<RoutingContext, Future<JsonObject>> operation) {
    // a route of its own: nothing may stand before a body handler on its route
    router.route(method, path).handler(context -> authorise(context, scope));
    Route route = router.route(method, path);
    if (!method.equals(HttpMethod.GET)) {
      route.handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    }
    route.handler(context -> answer(context, status, operation));
    route.failureHandler(this::fail);
  }

  private void fail(RoutingContext context) {
    Throwable failure = context.failure();
    Problem problem =
        failure == null || context.statusCode() == 413
            ? Problem.http(context.statusCode())
            : Problem.of(failure, metrics);
    problem.send(context.response());
  }

  /** H-070, H-071. */
  private void authorise(RoutingContext context, Scope scope) {
    metrics.count(Counter.SERVICE_CALLS);
    String header = context.request().getHeader("Authorization");
    if (header == null
        || !header.startsWith("Bearer ")
        || header.length() > AUTHORIZATION_CHARACTERS_MAX) {
      Problem.of(ErrorCode.TICKET_INVALID).send(context.response());
      return;
    }
    context.request().pause();
    checker
        .checkService(header.substring("Bearer ".length()))
        .onComplete(
            checked -> {
              context.request().resume();
              if (checked.failed()) {
                Problem.of(checked.cause(), metrics).send(context.response());
              } else if (!checked.result().scopes().contains(scope)) {
                Problem.of(ErrorCode.NOT_PERMITTED).send(context.response());
              } else {
                context.next();
              }
            });
  }

  private void answer(
      RoutingContext context, int status, Function<RoutingContext, Future<JsonObject>> operation) {
    Future<JsonObject> answer;
    try {
      answer = operation.apply(context);
    } catch (MalformedException | Rejection e) {
      answer = Future.failedFuture(e);
    }
    answer.onComplete(
        done -> {
          if (done.failed()) {
            Problem.of(done.cause(), metrics).send(context.response());
          } else if (!context.response().closed()) {
            context
                .response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(done.result().toBuffer());
          }
        });
  }
}
