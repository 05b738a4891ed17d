package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.hub.Hub;
import dev.zamok.hub.HubConfig;
import dev.zamok.protocol.MalformedException;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A hub without our authority: whoever signs its tickets decides who may do what. */
@Command(
    name = "hub",
    description = "Run the hub alone, for a backend that signs its own tickets.",
    mixinStandardHelpOptions = true)
public final class HubCommand implements Callable<Integer> {
  /** Long enough that clients do not come back all at once, short enough for a restart. */
  static final Duration DRAIN_SPREAD = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Option(
      names = "--ticket-keys",
      paramLabel = "FILE",
      required = true,
      description = "The JWK set that verifies tickets, as `zamok keys` makes it.")
  private Path ticketKeys;

  @Override
  public Integer call() {
    NodeSettings settings = NodeSettings.read(options.config());
    TicketKeys keys = readKeys(ticketKeys);
    return Foreground.run(
        spec.commandLine().getOut(), vertx -> start(vertx, settings, keys, Clock.systemUTC()));
  }

  private Future<Server> start(Vertx vertx, NodeSettings settings, TicketKeys keys, Clock clock) {
    ListenAddress listen = options.listen(settings.listen());
    ServerCertificate certificate =
        HubSide.certificate(
            settings.tls(), options.keys(settings.keys()), clock, new SecureRandom());
    // The lease of the server API: higher at every start, so that an old process is fenced off.
    HubConfig config =
        HubSide.config(listen, settings.hub(), certificate)
            .withRoomsFromTickets()
            .withServiceApi(clock.millis());
    return Stores.open(vertx, options.data(settings.data()), clock)
        .compose(
            stores ->
                Hub.start(vertx, config, stores.log(), keys, clock)
                    .<Server>map(hub -> new HubServer(hub, stores, certificate, settings))
                    .recover(failure -> stores.giveUp(HubSide.explain(failure, listen))));
  }

  private record HubServer(
      Hub hub, Stores stores, ServerCertificate certificate, NodeSettings settings)
      implements Server {
    @Override
    public String ready() {
      String host = settings.tls().hosts().get(0);
      return "certificate SHA-256 "
          + certificate.fingerprint()
          + "\nready: wss://"
          + host
          + ":"
          + hub.port()
          + "/hub, server API on https://"
          + host
          + ":"
          + hub.port()
          + "/hub/api/";
    }

    @Override
    public Future<Void> stop() {
      return hub.drain(DRAIN_SPREAD).eventually(stores::close);
    }
  }

  private static TicketKeys readKeys(Path file) {
    try {
      return TicketKeys.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserError("cannot read the ticket keys " + file + ": make them with `zamok keys`");
    } catch (MalformedException e) {
      throw new UserError(file + " is not a set of ticket keys: " + e.getMessage());
    }
  }
}
