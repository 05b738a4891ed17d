package dev.zamok.authority.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The door for other authorities: the same operations, with the same checks of session and rights,
 * for requests they send on. Nobody else comes in: both sides show the certificate of the
 * deployment. Only here is it believed what a header says about the client's address.
 */
public final class InnerServer {
  /** Of the client whose request is sent on. */
  public static final String CLIENT_HEADER = "X-Zamok-Client";

  private static final int IDLE_SECONDS_MAX = 75;
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-zA-Z:.%]{1,64}");

  private final HttpServer server;

  private InnerServer(HttpServer server) {
    this.server = server;
  }

  /** Who this authority is to others, and whom it lets in. */
  public record Identity(KeyCertOptions key, TrustOptions trust) {}

  /**
   * Serves what is bound to {@code api}, and {@code tasks} under {@code /nodes}.
   *
   * @param desk with the placement of requests that were sent on already
   */
  public static Future<InnerServer> start(
      Vertx vertx,
      HttpConfig config,
      Identity identity,
      Api api,
      ApiServer.Desk desk,
      Router tasks) {
    Gate.Entrance entrance = new Gate.Entrance(desk.placement(), InnerServer::client);
    Router router = Router.router(vertx);
    router.route("/nodes/*").subRouter(tasks);
    router.route("/nodes/*").failureHandler(Failures::handle);
    router.route().subRouter(ApiServer.router(vertx, config, api, desk, entrance));
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setSsl(true)
            .setClientAuth(ClientAuth.REQUIRED)
            .setKeyCertOptions(identity.key())
            .setTrustOptions(identity.trust())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    return vertx.createHttpServer(options).requestHandler(router).listen().map(InnerServer::new);
  }

  /** Answers a task with 204, or with what it failed with. */
  public static void answer(RoutingContext context, Future<Void> task) {
    task.onComplete(
        done -> context.response().setStatusCode(204).end(),
        failure -> Failures.send(context.response(), Failures.of(failure)));
  }

  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server.close();
  }

  private static String client(HttpServerRequest request) {
    String header = request.getHeader(CLIENT_HEADER);
    return header != null && ADDRESS.matcher(header).matches() ? header : "unknown";
  }
}
