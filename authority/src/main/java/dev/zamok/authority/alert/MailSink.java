package dev.zamok.authority.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends each alert as a letter. */
public final class MailSink implements AlertSink {
  private final MailClient client;
  private final Mail mail;

  /**
   * Where letters go.
   *
   * @param host of the server that takes them, by SMTP
   * @param tls whether it speaks TLS from the first byte; otherwise STARTTLS is demanded
   * @param user to log in; null where that is not asked for
   */
  public record Mail(
      String host, int port, boolean tls, @Nullable Account user, String from, List<String> to) {
    public Mail {
      to = List.copyOf(to);
      if (to.isEmpty()) {
        throw new IllegalArgumentException("alerts.mail.to: nobody");
      }
    }
  }

  /** A login at the mail server. */
  public record Account(String name, String password) {
    @Override
    public String toString() {
      return "Account[" + name + "]";
    }
  }

  /**
   * @param trust PEM of who signs the server's certificate; null: whom Java trusts
   */
  MailSink(Vertx vertx, Mail mail, @Nullable Path trust) {
    this.mail = mail;
    MailConfig config =
        new MailConfig()
            .setHostname(mail.host())
            .setPort(mail.port())
            .setSsl(mail.tls())
            .setStarttls(mail.tls() ? StartTLSOptions.DISABLED : StartTLSOptions.REQUIRED)
            .setMaxPoolSize(1);
    config.setHostnameVerificationAlgorithm("HTTPS");
    if (trust != null) {
      config.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    Account user = mail.user();
    if (user == null) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config.setLogin(LoginOption.REQUIRED).setUsername(user.name()).setPassword(user.password());
    }
    this.client = MailClient.create(vertx, config);
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public Future<Void> send(Alert alert) {
    MailMessage message =
        new MailMessage()
            .setFrom(mail.from())
            .setTo(mail.to())
            .setSubject("Zamok: " + alert.kind() + (alert.raised() ? "" : " is over"))
            .setText(alert.line() + "\n");
    return client.sendMail(message).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
