package dev.zamok.authority.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The HTTP server of the authority. */
public final class ApiServer {
  private static final int IDLE_SECONDS_MAX = 75;
  private static final int LINE_BYTES_MAX = 4096;
  private static final int HEADER_BYTES_MAX = 8192;

  /** Where the first of a connection's bytes says who the client is. */
  private static final long PROXY_HEADER_SECONDS_MAX = 5;

  private final HttpServer server;

  private ApiServer(HttpServer server) {
    this.server = server;
  }

  /**
   * What every door has in common.
   *
   * @param placement of the requests of clients
   */
  public record Desk(SessionCheck sessions, Metrics metrics, Placement placement) {}

  /** As the other, all by itself. */
  public static Future<ApiServer> start(
      Vertx vertx, HttpConfig config, Api api, SessionCheck sessions, Metrics metrics) {
    return start(vertx, config, api, new Desk(sessions, metrics, Placement.HERE));
  }

  /** Serves what is bound to {@code api}. Call on the event loop that shall serve. */
  public static Future<ApiServer> start(Vertx vertx, HttpConfig config, Api api, Desk desk) {
    Gate.Entrance entrance = new Gate.Entrance(desk.placement(), Gate::address);
    Router router = router(vertx, config, api, desk, entrance);
    return vertx
        .createHttpServer(options(config))
        .requestHandler(router)
        .listen()
        .map(ApiServer::new);
  }

  static Router router(Vertx vertx, HttpConfig config, Api api, Desk desk, Gate.Entrance entrance) {
    Metrics metrics = desk.metrics();
    Gate gate = new Gate(HttpConfig.REQUEST_BYTES_MAX, config.answerTimeMax(), metrics, entrance);
    Router router = Router.router(vertx);
    router.route().handler(gate::guard);
    router.get("/metrics").handler(context -> metrics(context, metrics));
    router.route().subRouter(api.router(desk.sessions(), gate));
    router.route().failureHandler(Failures::handle);
    for (int status : List.of(400, 404, 405, 413, 415, 500)) {
      router.errorHandler(status, Failures::handle);
    }
    return router;
  }

  public int port() {
    return server.actualPort();
  }

  /** Stops to accept, and ends the connections. */
  public Future<Void> close() {
    return server.close();
  }

  private static HttpServerOptions options(HttpConfig config) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setMaxInitialLineLength(LINE_BYTES_MAX)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setCompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true);
    if (config.proxyProtocol()) {
      options
          .setUseProxyProtocol(true)
          .setProxyProtocolTimeout(PROXY_HEADER_SECONDS_MAX)
          .setProxyProtocolTimeoutUnit(TimeUnit.SECONDS);
    }
    HttpConfig.Tls tls = config.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(tls.certificate().toString())
                  .setKeyPath(tls.key().toString()));
    }
    return options;
  }

  /** Told to this machine alone. */
  private static void metrics(RoutingContext context, Metrics metrics) {
    var remote = context.request().remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    boolean local =
        "127.0.0.1".equals(host) || "::1".equals(host) || "0:0:0:0:0:0:0:1".equals(host);
    if (!local) {
      context.fail(Problem.NOT_FOUND.refusal());
      return;
    }
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(metrics.text());
  }
}
