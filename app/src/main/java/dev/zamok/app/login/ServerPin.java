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
import java.time.Duration;
import java.util.Optional;

/**
 * Whether it is the right server: what its certificate must be, asked for or pinned before. Fails
 * with {@link UserError}.
 */
final class ServerPin {
  private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

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
    Optional<CertificatePin> pinned = pinned();
    String fingerprint = trust.fingerprint();
    if (fingerprint != null) {
      pinNamed(parse(fingerprint), pinned);
    } else if (pinned.isEmpty()) {
      pinAsked();
    } else {
      checkUnchanged(pinned.get());
    }
    return ServerTrust.pinnedInProfile();
  }

  /** The user knows the fingerprint: the server must show it. */
  private void pinNamed(CertificatePin named, Optional<CertificatePin> pinned) {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    if (!shown.equals(named)) {
      throw new UserError(
          "DANGER: the server shows the certificate "
              + shown.display()
              + ", not the one you named. Somebody may sit between you and the server");
    }
    if (pinned.isPresent() && !pinned.get().equals(named)) {
      notes.println(
          "zamok: the certificate pinned before, " + pinned.get().display() + ", is replaced");
    }
    ZamokClient.pinServer(profile, named);
  }

  /** First contact: the user compares. */
  private void pinAsked() {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    String seen = server + " shows the certificate SHA-256 " + shown.display();
    String compare = "Compare it with what `zamok serve` printed on the server.";
    if (!asker.isThere()) {
      throw new UserError(
          seen + ", which nobody has confirmed yet. " + compare + " Then add --fingerprint");
    }
    notes.println(seen);
    notes.println(compare);
    notes.flush();
    if (!asker.confirms("Is it the same?")) {
      throw new UserError("not connected: the certificate was not confirmed");
    }
    ZamokClient.pinServer(profile, shown);
  }

  /** Every connection checks the pin again; this says loudly what both certificates are. */
  private void checkUnchanged(CertificatePin pinned) {
    CertificatePin shown = ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
    if (!shown.equals(pinned)) {
      throw new UserError(
          "DANGER: THE SERVER'S CERTIFICATE HAS CHANGED from "
              + pinned.display()
              + " to "
              + shown.display()
              + ". Somebody may sit between you and the server. Only if the administrator confirms"
              + " the new one, start once with --fingerprint");
    }
  }

  private Optional<CertificatePin> pinned() {
    try (ProfileDirectory directory = ProfileDirectory.open(profile)) {
      return new Profile(directory, new SecureRandom()).serverPin().map(ServerPin::parse);
    }
  }

  private static CertificatePin parse(String fingerprint) {
    try {
      return CertificatePin.parse(fingerprint);
    } catch (IllegalArgumentException e) {
      throw new UserError("a fingerprint is 64 hexadecimal digits, as `zamok serve` prints it");
    }
  }
}
