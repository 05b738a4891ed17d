package dev.zamok.roomlog.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How to be let in: a user of the server's access list, and whom to trust. Shows no secret. */
public final class Access {
  /** No password, no TLS: for servers on the loopback address. */
  public static final Access OPEN = new Access(null, null, null);

  private final @Nullable String user;
  private final @Nullable String password;
  private final @Nullable Path trusted;

  private Access(@Nullable String user, @Nullable String password, @Nullable Path trusted) {
    this.user = user;
    this.password = password;
    this.trusted = trusted;
  }

  /** As {@code user}, with the password in a file, without the line's end. */
  public Access as(String user, Path passwordFile) {
    try {
      return new Access(user, Files.readString(passwordFile).strip(), trusted);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + passwordFile, e);
    }
  }

  /** Over TLS, to servers whose certificates come from those in a PEM file, and have their name. */
  public Access over(Path trustedPem) {
    return new Access(user, password, trustedPem);
  }

  String scheme() {
    return trusted == null ? "redis" : "rediss";
  }

  void apply(RedisOptions options) {
    if (user != null && password != null) {
      options.setUser(user).setPassword(password);
    }
    if (trusted != null) {
      NetClientOptions net = options.getNetClientOptions();
      net.setSsl(true)
          .setTrustOptions(new PemTrustOptions().addCertPath(trusted.toString()))
          .setHostnameVerificationAlgorithm("HTTPS");
    }
  }

  @Override
  public String toString() {
    return "Access[user " + user + (trusted == null ? "]" : ", TLS]");
  }
}
