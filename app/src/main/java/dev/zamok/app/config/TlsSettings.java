package dev.zamok.app.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server proves its name with.
 *
 * @param certificate PEM, the server's own first; null for a self-signed one
 * @param key PEM, PKCS #8; goes with {@code certificate}
 * @param hosts names and addresses in the self-signed certificate, the first in the printed URLs
 */
public record TlsSettings(@Nullable Path certificate, @Nullable Path key, List<String> hosts) {
  public TlsSettings {
    hosts = List.copyOf(hosts);
  }

  static TlsSettings read(Section section) {
    Path certificate = section.path("certificate");
    Path key = section.path("key");
    List<String> hosts = section.texts("hosts", List.of("localhost", "127.0.0.1", "::1"));
    if ((certificate == null) != (key == null)) {
      section.problem("certificate", "certificate and key go together");
    }
    if (hosts.isEmpty()) {
      section.problem("hosts", "at least one is needed");
      hosts = List.of("localhost");
    }
    section.end();
    return new TlsSettings(certificate, key, hosts);
  }
}
