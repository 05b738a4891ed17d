package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.LogSettings;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.crypto.ticket.FastEdDsa;
import dev.zamok.hub.Hub;
import dev.zamok.hub.HubConfig;
import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.beat.BeatKeys;
import dev.zamok.protocol.ticket.TicketKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A hub in a process of its own: one of several beside our authorities, or the hub of a backend
 * that signs its own tickets. Whoever signs its tickets decides who may do what.
 */
@Command(
    name = "hub",
    description =
        "Run a hub alone: beside our authorities (hub.authorities in the settings), or for a"
            + " backend that signs its own tickets (--ticket-keys).",
    mixinStandardHelpOptions = true)
public final class HubCommand implements Callable<Integer> {
  /** Long enough that clients do not come back all at once, short enough for a restart. */
  static final Duration DRAIN_SPREAD = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Option(
      names = "--ticket-keys",
      paramLabel = "FILE",
      description = "The JWK set that verifies tickets, as `zamok keys` makes it.")
  private @Nullable Path ticketKeys;

  @Option(
      names = "--clear",
      description =
          "Serve in the clear, on a loopback address only: behind something that ends TLS, or to"
              + " measure.")
  private boolean clear;

  @Override
  public Integer call() {
    NodeSettings settings = options.settings();
    Path file = ticketKeys;
    boolean ownBackend = file != null;
    if (!ownBackend && settings.hub().cluster().authorities().isEmpty()) {
      throw new UserError(
          "whose tickets are good? Name --ticket-keys FILE, or hub.authorities in the settings");
    }
    if (ownBackend
        && settings.places().log() instanceof LogSettings.Redis redis
        && redis.ack().equals(LogSettings.STORED)) {
      throw new UserError(
          "log.redis.ack: stored wants an authority that stores entries, and --ticket-keys is for"
              + " hubs without one; ask for a number of replicas, or for all");
    }
    TicketKeys given = file == null ? null : readKeys(file);
    BeatKeys beats = ownBackend ? null : BeatKeyFile.of(settings);
    return Foreground.run(
        spec.commandLine().getOut(),
        vertx ->
            keys(vertx, settings, given)
                .compose(keys -> start(vertx, settings, new Trusted(keys, beats), ownBackend)));
  }

  private static Future<TicketKeys> keys(
      Vertx vertx, NodeSettings settings, @Nullable TicketKeys given) {
    return given != null
        ? Future.succeededFuture(given)
        : new TicketKeysFetch(vertx, settings.hub().cluster()).fetch();
  }

  /**
   * @param beats null where beats are not signed
   */
  private record Trusted(TicketKeys tickets, @Nullable BeatKeys beats) {}

  private Future<Server> start(
      Vertx vertx, NodeSettings settings, Trusted keys, boolean ownBackend) {
    Clock clock = Clock.systemUTC();
    ServerCertificate certificate =
        clear
            ? null
            : HubSide.certificate(settings.tls(), settings.keys(), clock, new SecureRandom());
    HubConfig base = HubSide.config(settings.listen(), settings.hub(), certificate);
    // The lease of the server API: higher at every start, so that an old process is fenced off.
    // Beside our authorities it is theirs.
    HubConfig config =
        ownBackend ? base.withRoomsFromTickets().withServiceApi(clock.millis()) : base;
    return Stores.openLog(vertx, settings.places(), clock)
        .compose(
            stores ->
                Hub.start(vertx, config, stores.log(), keys.tickets(), clock)
                    .<Server>map(
                        hub -> {
                          if (ownBackend) {
                            stores.trimUnarchived();
                          } else {
                            hub.announce(url(settings, hub.port()), keys.beats());
                          }
                          return new HubServer(hub, stores, certificate, settings, ownBackend);
                        })
                    .recover(
                        failure -> stores.giveUp(HubSide.explain(failure, settings.listen()))));
  }

  /** Where clients reach it. */
  private static String url(NodeSettings settings, int port) {
    String given = settings.hub().cluster().url();
    return given.isEmpty()
        ? "wss://" + settings.tls().hosts().get(0) + ":" + port + EndpointConfig.PATH
        : given;
  }

  private record HubServer(
      Hub hub,
      Stores stores,
      @Nullable ServerCertificate certificate,
      NodeSettings settings,
      boolean ownBackend)
      implements Server {
    @Override
    public String ready() {
      String at = settings.tls().hosts().get(0) + ":" + hub.port();
      String s = certificate == null ? "" : "s";
      return (certificate == null ? "" : "certificate SHA-256 " + certificate.fingerprint() + "\n")
          + ("ready: ws" + s + "://" + at + "/hub")
          + (ownBackend ? ", server API on http" + s + "://" + at + "/hub/api/" : "");
    }

    @Override
    public Future<Void> stop() {
      return hub.drain(DRAIN_SPREAD).eventually(stores::close);
    }
  }

  private static TicketKeys readKeys(Path file) {
    try {
      return TicketKeys.parse(Files.readAllBytes(file), new FastEdDsa());
    } catch (IOException e) {
      throw new UserError("cannot read the ticket keys " + file + ": make them with `zamok keys`");
    } catch (MalformedException e) {
      throw new UserError(file + " is not a set of ticket keys: " + e.getMessage());
    }
  }
}
