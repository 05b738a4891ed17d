package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.ZamokClient;
import dev.zamok.client.trust.CertificatePin;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;

/**
 * The certificate that a server shows now, against what is known of it. Fails with {@link
 * UserError}.
 */
record ShownCertificate(URI server, Asker asker, PrintWriter notes) {
  private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

  /** The user knows the fingerprint: the server must show it. */
  void requireNamed(CertificatePin named) {
    CertificatePin shown = now();
    if (!shown.equals(named)) {
      throw new UserError(
          "DANGER: the server shows the certificate "
              + shown.display()
              + ", not the one you named. Somebody may sit between you and the server");
    }
  }

  /** First contact: the user compares. */
  CertificatePin asked(String compare) {
    CertificatePin shown = now();
    String seen = server + " shows the certificate SHA-256 " + shown.display();
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
    return shown;
  }

  /** Every connection checks the pin again; this says loudly what both certificates are. */
  void requireUnchanged(CertificatePin pinned) {
    CertificatePin shown = now();
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

  private CertificatePin now() {
    return ZamokClient.serverCertificate(server, HANDSHAKE_MAX);
  }

  static CertificatePin parse(String fingerprint) {
    try {
      return CertificatePin.parse(fingerprint);
    } catch (IllegalArgumentException e) {
      throw new UserError("a fingerprint is 64 hexadecimal digits, as `zamok serve` prints it");
    }
  }
}
