package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.authority.Authority;
import dev.zamok.authority.http.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One of several authorities of a cluster, on a port of its own. */
@Command(
    name = "authority",
    description = "Run an authority alone: one of several on a shared store and log.",
    mixinStandardHelpOptions = true)
public final class AuthorityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions options;

  @Override
  public Integer call() {
    NodeSettings settings = options.settings();
    if (settings.places().store() instanceof StoreSettings.Cassandra
        && settings.authority().nodes().inner() == null) {
      throw new UserError(
          "authority.inner is needed where several authorities share a store: requests for a room"
              + " go to the one that is in charge of it");
    }
    return Foreground.run(
        spec.commandLine().getOut(), vertx -> start(vertx, settings, Clock.systemUTC()));
  }

  private static Future<Server> start(Vertx vertx, NodeSettings settings, Clock clock) {
    ServerCertificate certificate =
        HubSide.certificate(settings.tls(), settings.keys(), clock, new SecureRandom());
    HttpConfig http =
        new HttpConfig(
            settings.listen().host(),
            settings.listen().port(),
            false,
            new HttpConfig.Tls(certificate.certificate(), certificate.key()),
            HttpConfig.ANSWER_TIME_MAX);
    return Stores.openAll(vertx, settings.places(), clock)
        .compose(
            stores ->
                new AuthoritySide(vertx, settings, certificate, clock)
                    .start(stores, http, "")
                    .<Server>map(
                        authority -> new AuthorityServer(authority, stores, certificate, settings))
                    .recover(
                        failure -> stores.giveUp(HubSide.explain(failure, settings.listen()))));
  }

  private record AuthorityServer(
      Authority authority, Stores stores, ServerCertificate certificate, NodeSettings settings)
      implements Server {
    @Override
    public String ready() {
      return "certificate SHA-256 "
          + certificate.fingerprint()
          + "\nready: https://"
          + settings.tls().hosts().get(0)
          + ":"
          + authority.port();
    }

    @Override
    public Future<Void> stop() {
      return authority.close().eventually(stores::close);
    }
  }
}
