package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.profile.ProfileDirectory;
import dev.zamok.client.trust.CertificatePin;
import dev.zamok.client.trust.ServerTrust;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Whether it is the right server: what its certificate must be, asked for or pinned before. Fails
 * with {@link UserError}.
 */
final class ServerPin {
  private final URI server;
  private final Path profile;
  private final Asker asker;
  private final PrintWriter notes;

  ServerPin(URI server, Path profile, Asker asker, PrintWriter notes) {
    this.server = server;
    this.profile = profile;
    this.asker = asker;
    this.notes = notes;
  }

  ServerTrust trust(TrustChoice trust) {
    if (trust.system()) {
      return ServerTrust.system();
    }
    Path ca = trust.ca();
    if (ca != null) {
      return ServerTrust.pem(ca);
    }
    Optional<CertificatePin> pinned = pinned(profile);
    String fingerprint = trust.fingerprint();
    if (fingerprint != null) {
      pinNamed(ShownCertificate.parse(fingerprint), pinned);
    } else if (pinned.isEmpty()) {
      pinAsked();
    } else {
      certificate().requireUnchanged(pinned.get());
    }
    return ServerTrust.pinnedInProfile();
  }

  private void pinNamed(CertificatePin named, Optional<CertificatePin> pinned) {
    certificate().requireNamed(named);
    if (pinned.isPresent() && !pinned.get().equals(named)) {
      notes.println(
          "zamok: the certificate pinned before, " + pinned.get().display() + ", is replaced");
    }
    ZamokClient.pinServer(profile, named);
  }

  private void pinAsked() {
    ZamokClient.pinServer(
        profile, certificate().asked("Compare it with what `zamok serve` printed on the server."));
  }

  private ShownCertificate certificate() {
    return new ShownCertificate(server, asker, notes);
  }

  /** The pin of a profile that no client uses now. */
  static Optional<CertificatePin> pinned(Path profile) {
    try (ProfileDirectory directory = ProfileDirectory.open(profile)) {
      return new Profile(directory, new SecureRandom()).serverPin().map(ShownCertificate::parse);
    }
  }
}
