package dev.zamok.client;

import dev.zamok.client.link.FrameTap;
import dev.zamok.client.trust.ServerTrust;
import dev.zamok.crypto.password.KdfParams;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link ZamokClient} is made of. Only the server must be named. */
public final class ClientBuilder {
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  static final int DEVICE_NAME_MAX = 100;

  @Nullable URI server;
  ServerTrust trust = ServerTrust.system();
  @Nullable Path profile;
  String deviceName = "";
  Clock clock = Clock.systemUTC();
  SecureRandom random = new SecureRandom();
  Duration requestTimeout = REQUEST_TIMEOUT;
  Duration connectTimeout = CONNECT_TIMEOUT;
  KdfParams masterPasswordCost = KdfParams.DEFAULT;
  FrameTap frameTap = FrameTap.NONE;

  ClientBuilder() {}

  /** {@code https://host} or {@code https://host:port}. */
  public ClientBuilder server(URI address) {
    boolean bare = address.getRawPath() == null || address.getRawPath().matches("/?");
    if (!"https".equals(address.getScheme()) || address.getHost() == null || !bare) {
      throw new IllegalArgumentException("a server is https://host:port");
    }
    server = address;
    return this;
  }

  /** {@link ServerTrust#system} unless set. */
  public ClientBuilder trust(ServerTrust how) {
    trust = how;
    return this;
  }

  /**
   * The directory of what is remembered between runs. Without one nothing is: no card, chain or
   * server stays pinned, and each run is a new device.
   */
  public ClientBuilder profile(Path directory) {
    profile = directory;
    return this;
  }

  /** What other devices of the account see this one called; at most 100 characters. */
  public ClientBuilder deviceName(String name) {
    if (name.length() > DEVICE_NAME_MAX) {
      throw new IllegalArgumentException("device name of " + name.length() + " characters");
    }
    deviceName = name;
    return this;
  }

  public ClientBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /** For keys, nonces and jitter. */
  public ClientBuilder random(SecureRandom source) {
    random = source;
    return this;
  }

  /** For one request to the authority, answer included. */
  public ClientBuilder requestTimeout(Duration timeout) {
    requestTimeout = timeout;
    return this;
  }

  public ClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  /** How the master password of a new account is stretched; the library has a floor. */
  public ClientBuilder masterPasswordCost(KdfParams params) {
    masterPasswordCost = params;
    return this;
  }

  /** Sees every frame to and from the hub. */
  public ClientBuilder frameTap(FrameTap tap) {
    frameTap = tap;
    return this;
  }

  /**
   * Opens the profile; connects to nothing. Fails with {@code PROFILE}, and with {@code
   * SERVER_UNTRUSTED} when the pin of the profile is wanted and there is none.
   */
  public ZamokClient build() {
    return new ZamokClient(this);
  }
}
