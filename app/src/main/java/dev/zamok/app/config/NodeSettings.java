package dev.zamok.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configuration of a server: all in one process, or one part of a cluster. */
public record NodeSettings(
    ListenAddress listen,
    Places places,
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
    return new NodeSettings(otherListen, places.at(otherData, otherKeys), tls, hub, authority);
  }

  public NodeSettings with(AuthoritySettings other) {
    return new NodeSettings(listen, places, tls, hub, other);
  }

  public Path data() {
    return places.data();
  }

  public Path keys() {
    return places.keys();
  }

  private static NodeSettings of(Section section) {
    ListenAddress listen = new ListenAddress("127.0.0.1", 8443);
    String text = section.text("listen", listen.toString());
    try {
      listen = ListenAddress.parse(text);
    } catch (IllegalArgumentException e) {
      section.problem("listen", String.valueOf(e.getMessage()));
    }
    return new NodeSettings(
        listen,
        Places.read(section),
        TlsSettings.read(section.section("tls")),
        HubSettings.read(section.section("hub")),
        AuthoritySettings.read(section.section("authority")));
  }
}
