package dev.zamok.hub;

import dev.zamok.hub.admission.TicketChecker;
import dev.zamok.hub.endpoint.Endpoint;
import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.endpoint.EndpointLoop;
import dev.zamok.hub.endpoint.Route;
import dev.zamok.hub.limit.Time;
import dev.zamok.hub.metrics.HubMetrics;
import dev.zamok.hub.room.PresenceBoard;
import dev.zamok.hub.service.ServiceVerticle;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.protocol.ticket.TicketKeys;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thin relay: one public port on several event loops. It sees ciphertext, room ids, tags and
 * times, and never a key.
 *
 * <p>Vert.x should have been made with {@code Transport.nativeTransport()}: with epoll every loop
 * accepts for itself. The launcher's business: {@code
 * -Dio.netty.handler.ssl.openssl.bioNonApplicationBufferSize=256} saves 2 KB for each TLS
 * connection, {@code MALLOC_ARENA_MAX=1} one more; {@code
 * -Djdk.tls.server.enableSessionTicketExtension=false} where the JDK speaks TLS.
 */
public final class Hub {
  /** Signature checks take up to a millisecond; more workers than this starve the loops. */
  private static final int WORKERS = 2;

  private final Vertx vertx;
  private final HubVerticle.Shared shared;
  private final WorkerExecutor workers;
  private final List<HubVerticle> verticles = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private volatile @Nullable Endpoint endpoint;
  private volatile @Nullable HubBeats beats;
  private int port;

  private Hub(Vertx vertx, HubVerticle.Shared shared, WorkerExecutor workers) {
    this.vertx = vertx;
    this.shared = shared;
    this.workers = workers;
  }

  /** As the other, with the monotonic clock of the machine. */
  public static Future<Hub> start(
      Vertx vertx, HubConfig config, RoomLog log, TicketKeys keys, Clock clock) {
    return start(vertx, config, log, keys, Time.of(clock));
  }

  /**
   * Starts a hub; completes once it takes connections. Fails with {@link java.io.IOException} when
   * the port is taken, with {@link IllegalArgumentException} when the certificate is bad; then
   * nothing of it is left. The log stays the caller's to close.
   *
   * @param keys of whoever signs tickets and service tickets
   */
  public static Future<Hub> start(
      Vertx vertx, HubConfig config, RoomLog log, TicketKeys keys, Time time) {
    WorkerExecutor workers =
        vertx.createSharedWorkerExecutor("zamok-tickets", WORKERS, 10, TimeUnit.SECONDS);
    HubMetrics metrics = new HubMetrics();
    TicketChecker checker =
        new TicketChecker(workers, keys, time, config.limits().counts().ticketChecksMax(), metrics);
    HubVerticle.Shared shared =
        new HubVerticle.Shared(config, log, checker, new PresenceBoard(), metrics, time);
    Hub hub = new Hub(vertx, shared, workers);
    return hub.deployService()
        .compose(hub::openEndpoint)
        .compose(endpoint -> hub.deployLoops(endpoint, 0))
        .compose(done -> hub.deployPresence())
        .compose(done -> hub.listen())
        .map(hub)
        .recover(hub::giveUp);
  }

  /** After the loops, which must hear what other hubs answer to its first word. */
  private Future<Void> deployPresence() {
    return vertx
        .deployVerticle(new PresenceVerticle(shared, new SecureRandom().nextLong()))
        .map(
            id -> {
              deployments.add(id);
              return null;
            });
  }

  /** Yields the endpoint's routes: the server API's own, and those of the configuration. */
  private Future<List<Route>> deployService() {
    List<Route> routes = new ArrayList<>(shared.config().endpoint().routes());
    if (!shared.config().serviceApi()) {
      return Future.succeededFuture(routes);
    }
    ServiceVerticle service =
        new ServiceVerticle(
            shared.log(),
            shared.checker(),
            shared.presence(),
            shared.metrics(),
            shared.config().leaseToken());
    return vertx
        .deployVerticle(service)
        .map(
            id -> {
              deployments.add(id);
              InetSocketAddress target =
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
              routes.add(new Route(ServiceVerticle.PREFIX, target));
              return routes;
            });
  }

  private Future<Endpoint> openEndpoint(List<Route> routes) {
    EndpointConfig config = shared.config().endpoint().withRoutes(routes);
    return vertx.executeBlocking(
        () -> {
          Endpoint.demandFreePort(config.host(), config.port());
          endpoint =
              new Endpoint(config, shared.config().limits(), shared.metrics(), shared.time());
          return endpoint;
        });
  }

  private Future<Void> deployLoops(Endpoint on, int done) {
    if (done == shared.config().loops()) {
      return Future.succeededFuture();
    }
    HubVerticle verticle = new HubVerticle(shared, on);
    return vertx
        .deployVerticle(verticle)
        .compose(
            id -> {
              verticles.add(verticle);
              deployments.add(id);
              return deployLoops(on, done + 1);
            });
  }

  /** One after the other: the first finds the port, the others share it. */
  private Future<Void> listen() {
    List<EndpointLoop> all = verticles.stream().map(HubVerticle::loop).toList();
    port = shared.config().endpoint().port();
    Future<Void> last = Future.succeededFuture();
    for (EndpointLoop loop : all) {
      last =
          last.compose(before -> loop.listen(port, all))
              .map(
                  bound -> {
                    port = bound;
                    return null;
                  });
    }
    return last;
  }

  private Future<Hub> giveUp(Throwable failure) {
    return close().transform(done -> Future.failedFuture(failure));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /**
   * Tells the authorities from now on that clients reach this hub at {@code url}, until it drains
   * or closes. For a hub in a process of its own; to be called once.
   *
   * @param url {@code wss://host:port/hub}
   * @param keys by which authorities know that it is one of theirs; null where they do not look
   */
  public void announce(String url, @Nullable BeatKeys keys) {
    beats = new HubBeats(vertx, shared, url, keys);
  }

  public HubMetrics metrics() {
    return shared.metrics();
  }

  /**
   * Ends the hub: takes no more connections, closes those that are open with {@code 4000} spread
   * evenly over {@code spread}, so that they do not all come back at once elsewhere, cuts off what
   * is left, and completes when nothing is.
   */
  public Future<Void> drain(Duration spread) {
    List<Future<Void>> all = new ArrayList<>();
    HubBeats telling = beats;
    if (telling != null) {
      all.add(telling.draining());
    }
    for (HubVerticle verticle : verticles) {
      all.add(verticle.loop().drain(spread));
    }
    return Future.join(all).eventually(this::close).mapEmpty();
  }

  /** Ends the hub at once, without a word to the clients; after a drain, does nothing. */
  public Future<Void> close() {
    List<Future<Void>> all = new ArrayList<>();
    for (String deployment : deployments) {
      all.add(vertx.undeploy(deployment).otherwiseEmpty());
    }
    deployments.clear();
    HubBeats telling = beats;
    beats = null;
    if (telling != null) {
      all.add(telling.left());
    }
    return Future.join(all)
        .eventually(
            () -> {
              if (endpoint != null) {
                endpoint.close();
              }
              return workers.close();
            })
        .mapEmpty();
  }
}
