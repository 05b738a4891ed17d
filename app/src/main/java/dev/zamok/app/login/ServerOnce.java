package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.trust.CertificatePin;
import dev.zamok.client.trust.ServerTrust;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether it is the right server, for somebody who may be nobody there: nothing is pinned and no
 * profile made. Fails with {@link UserError}, and with {@link
 * dev.zamok.client.problem.ClientProblem} where the server is away.
 */
public final class ServerOnce {
  private final URI server;
  private final Asker asker;
  private final PrintWriter notes;

  public ServerOnce(URI server, Asker asker, PrintWriter notes) {
    this.server = server;
    this.asker = asker;
    this.notes = notes;
  }

  /**
   * As the options say; else by the pin of a profile, else by asking.
   *
   * @param profile that was named; it need not be there
   */
  public ServerTrust trust(TrustChoice trust, Optional<Path> profile) {
    if (trust.system()) {
      return ServerTrust.system();
    }
    Path ca = trust.ca();
    if (ca != null) {
      return ServerTrust.pem(ca);
    }
    return ServerTrust.pinned(pin(trust, profile).toString());
  }

  private CertificatePin pin(TrustChoice trust, Optional<Path> profile) {
    ShownCertificate certificate = new ShownCertificate(server, asker, notes);
    String fingerprint = trust.fingerprint();
    if (fingerprint != null) {
      CertificatePin named = ShownCertificate.parse(fingerprint);
      certificate.requireNamed(named);
      return named;
    }
    Optional<CertificatePin> pinned = profile.filter(Files::isDirectory).flatMap(ServerPin::pinned);
    if (pinned.isPresent()) {
      certificate.requireUnchanged(pinned.get());
      return pinned.get();
    }
    return certificate.asked("Compare it with what whoever sent the link, or runs it, says.");
  }
}
