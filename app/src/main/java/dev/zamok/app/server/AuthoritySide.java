package dev.zamok.app.server;

import dev.zamok.app.config.LogSettings;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.app.config.StoreSettings;
import dev.zamok.app.tls.ServerCertificate;
import dev.zamok.authority.Authority;
import dev.zamok.authority.AuthorityConfig;
import dev.zamok.authority.http.HttpConfig;
import dev.zamok.authority.letter.LetterConfig;
import dev.zamok.authority.node.Watch;
import dev.zamok.protocol.beat.BeatKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every process with an authority in it does alike. */
record AuthoritySide(
    Vertx vertx, NodeSettings settings, ServerCertificate certificate, Clock clock) {

  /**
   * Starts an authority on what is open.
   *
   * @param hub where clients find the hub when none tells the authorities that it lives: a path
   *     here, or empty for nowhere
   */
  Future<Authority> start(Stores stores, HttpConfig http, String hub) {
    SecureRandom random = new SecureRandom();
    return stores
        .keyring(random)
        .compose(
            keyring ->
                Authority.start(
                    vertx,
                    config(http, hub),
                    new Authority.Ground(stores.store(), stores.log(), keyring, clock, random)));
  }

  private AuthorityConfig config(HttpConfig http, String hub) {
    AuthorityConfig config = settings.authority().config(http, hub, watch()).with(letters());
    boolean shared = settings.places().log() instanceof LogSettings.Redis;
    BeatKeys beats = shared ? BeatKeyFile.of(settings) : null;
    return beats == null ? config : config.with(config.nodes().with(beats));
  }

  private LetterConfig letters() {
    String host = settings.tls().hosts().get(0) + ":" + settings.listen().port();
    return settings.authority().letters().config(host, settings.data());
  }

  /** The disks that it writes to, and its certificate. */
  private Watch watch() {
    boolean local =
        settings.places().log() instanceof LogSettings.Local
            || settings.places().store() instanceof StoreSettings.Local;
    List<Path> disks = local ? List.of(settings.data(), settings.keys()) : List.of(settings.keys());
    // Read once: the certificate in use is the one that was there at the start.
    Optional<Instant> end = Optional.of(certificate.expiresAt());
    return settings.authority().nodes().alerts().watch(disks, () -> end);
  }
}
