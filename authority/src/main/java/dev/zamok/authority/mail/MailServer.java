package dev.zamok.authority.mail;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mail server, spoken to by SMTP and never without TLS.
 *
 * @param tls from the first byte; otherwise STARTTLS is demanded
 * @param user null where it asks for none
 * @param trust PEM of who signs its certificate; null: whom Java trusts
 */
public record MailServer(
    String host, int port, boolean tls, @Nullable User user, @Nullable Path trust) {

  /** A login there. */
  public record User(String name, String password) {
    @Override
    public String toString() {
      return "User[" + name + "]";
    }
  }

  /** A way to it, over at most so many connections at a time. */
  public MailClient client(Vertx vertx, int connectionsMax) {
    MailConfig config =
        new MailConfig()
            .setHostname(host)
            .setPort(port)
            .setSsl(tls)
            .setStarttls(tls ? StartTLSOptions.DISABLED : StartTLSOptions.REQUIRED)
            .setMaxPoolSize(connectionsMax);
    config.setHostnameVerificationAlgorithm("HTTPS");
    if (trust != null) {
      config.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    if (user == null) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config.setLogin(LoginOption.REQUIRED).setUsername(user.name()).setPassword(user.password());
    }
    return MailClient.create(vertx, config);
  }
}
