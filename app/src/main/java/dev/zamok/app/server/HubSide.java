package dev.zamok.app.server;

import dev.zamok.app.UserError;
import dev.zamok.app.config.HubSettings;
import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.TlsSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.hub.HubConfig;
import dev.zamok.hub.endpoint.EndpointConfig;
import dev.zamok.hub.endpoint.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What every process with a hub in it does alike. */
final class HubSide {
  private HubSide() {}

  static ServerCertificate certificate(
      TlsSettings tls, Path keys, Clock clock, SecureRandom random) {
    Path certificate = tls.certificate();
    Path key = tls.key();
    return certificate != null && key != null
        ? ServerCertificate.given(certificate, key, clock)
        : ServerCertificate.selfSigned(keys, tls.hosts(), clock, random);
  }

  /**
   * With the server's certificate and the limits of the configuration; neither routes nor API yet.
   *
   * @param certificate null to serve in the clear, which a loopback address alone may
   */
  static HubConfig config(
      ListenAddress listen, HubSettings settings, @Nullable ServerCertificate certificate) {
    EndpointConfig endpoint =
        EndpointConfig.of(
                listen.host(), listen.port(), certificate == null ? null : tls(certificate))
            .withOrigins(settings.origins());
    try {
      return HubConfig.of(endpoint).withLimits(settings.limits()).withLoops(settings.loops());
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  /** The port is taken or not ours: what the administrator can mend, in words. */
  static Throwable explain(Throwable failure, ListenAddress listen) {
    return failure instanceof IOException
        ? new UserError(
            "cannot listen on "
                + listen
                + ": stop what uses the port, or choose another with --listen")
        : failure;
  }

  private static Tls tls(ServerCertificate certificate) {
    try {
      return Tls.read(certificate.certificate(), certificate.key());
    } catch (IOException e) {
      throw new UserError("cannot read " + certificate.certificate() + " or " + certificate.key());
    }
  }
}
