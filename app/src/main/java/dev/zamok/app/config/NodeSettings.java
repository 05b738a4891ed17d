package dev.zamok.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a one-node server.
 *
 * @param data the database
 * @param keys the keyring and the self-signed certificate: never in the same backup as the data
 */
public record NodeSettings(
    ListenAddress listen,
    Path data,
    Path keys,
    TlsSettings tls,
    HubSettings hub,
    AuthoritySettings authority) {

  /**
   * Reads a file; everything is default without one. Fails with {@link dev.zamok.app.UserError}.
   */
  public static NodeSettings read(@Nullable Path file) {
    return ConfigFile.read(file, NodeSettings::of);
  }

  /** The same elsewhere: what the command line says wins over the file. */
  public NodeSettings at(ListenAddress otherListen, Path otherData, Path otherKeys) {
    return new NodeSettings(otherListen, otherData, otherKeys, tls, hub, authority);
  }

  private static NodeSettings of(Section section) {
    ListenAddress listen = new ListenAddress("127.0.0.1", 8443);
    String text = section.text("listen", listen.toString());
    try {
      listen = ListenAddress.parse(text);
    } catch (IllegalArgumentException e) {
      section.problem("listen", String.valueOf(e.getMessage()));
    }
    Path data = Path.of(section.text("data", "data"));
    Path keys = Path.of(section.text("keys", "data-keys"));
    if (keys.toAbsolutePath().normalize().startsWith(data.toAbsolutePath().normalize())) {
      section.problem("keys", "must not lie inside the data directory: one backup would hold both");
    }
    return new NodeSettings(
        listen,
        data,
        keys,
        TlsSettings.read(section.section("tls")),
        HubSettings.read(section.section("hub")),
        AuthoritySettings.read(section.section("authority")));
  }
}
