package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.authority.Authority;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.hub.Hub;
import dev.zamok.hub.HubConfig;
import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.endpoint.FrameTap;
import dev.zamok.hub.endpoint.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hub and authority in one process on one port: the hub ends TLS, keeps {@code /hub}, and relays
 * everything else to the authority's listener on loopback.
 */
public final class NodeServer implements Server {
  private final Parts parts;
  private final ServerCertificate certificate;
  private final String host;

  private NodeServer(Parts parts, ServerCertificate certificate, String host) {
    this.parts = parts;
    this.certificate = certificate;
    this.host = host;
  }

  /** What is to be closed, the last first. */
  private record Parts(Stores stores, Authority authority, Hub hub) {}

  /**
   * Completes when it takes requests. Fails with {@link UserError} for what an administrator can
   * mend; then nothing of it is left running, and no file was damaged or replaced.
   *
   * @param tap sees every frame of the hub; for demonstrations and tests
   */
  public static Future<NodeServer> start(
      Vertx vertx, NodeSettings settings, @Nullable FrameTap tap, Clock clock) {
    ServerCertificate certificate =
        HubSide.certificate(settings.tls(), settings.keys(), clock, new SecureRandom());
    AuthoritySide authoritySide = new AuthoritySide(vertx, settings, certificate, clock);
    HubConfig hubConfig = HubSide.config(settings.listen(), settings.hub(), certificate);
    return Stores.openAll(vertx, settings.places(), clock)
        .compose(
            stores ->
                authoritySide
                    .start(stores, HttpConfig.behindProxy(), EndpointConfig.PATH)
                    .compose(
                        authority ->
                            openHub(vertx, hubConfig, tap, stores, authority, clock)
                                .map(hub -> new Parts(stores, authority, hub))
                                .recover(failure -> giveUp(authority, failure)))
                    .recover(failure -> stores.giveUp(HubSide.explain(failure, settings.listen()))))
        .map(parts -> new NodeServer(parts, certificate, settings.tls().hosts().get(0)));
  }

  private static Future<Hub> openHub(
      Vertx vertx,
      HubConfig config,
      @Nullable FrameTap tap,
      Stores stores,
      Authority authority,
      Clock clock) {
    Route everythingElse =
        new Route("/", new InetSocketAddress(InetAddress.getLoopbackAddress(), authority.port()));
    EndpointConfig endpoint = config.endpoint().withRoutes(List.of(everythingElse));
    return Hub.start(
        vertx,
        config.withEndpoint(tap == null ? endpoint : endpoint.withTap(tap)),
        stores.log(),
        authority.ticketKeys(),
        clock);
  }

  private static <T> Future<T> giveUp(Authority authority, Throwable failure) {
    return authority.close().transform(closed -> Future.failedFuture(failure));
  }

  public int port() {
    return parts.hub().port();
  }

  /** SHA-256 of the certificate, lower-case hexadecimal: what clients pin. */
  public String fingerprint() {
    return certificate.fingerprint();
  }

  @Override
  public String ready() {
    String at = host + ":" + port();
    return (certificate.isNew() ? "a self-signed certificate was made\n" : "")
        + "certificate SHA-256 "
        + fingerprint()
        + "\nready: https://"
        + at
        + " and wss://"
        + at
        + EndpointConfig.PATH;
  }

  @Override
  public Future<Void> stop() {
    return parts
        .hub()
        .drain(HubCommand.DRAIN_SPREAD)
        .eventually(parts.authority()::close)
        .eventually(parts.stores()::close);
  }
}
