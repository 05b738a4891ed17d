package dev.zamok.authority.letter;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;

/** By SMTP, never without TLS. */
public final class SmtpPost implements Post {
  private final MailClient client;
  private final String from;

  public SmtpPost(Vertx vertx, LetterConfig.Smtp smtp) {
    this.from = smtp.from();
    MailConfig config =
        new MailConfig()
            .setHostname(smtp.host())
            .setPort(smtp.port())
            .setSsl(smtp.tls())
            .setStarttls(smtp.tls() ? StartTLSOptions.DISABLED : StartTLSOptions.REQUIRED)
            .setMaxPoolSize(2);
    config.setHostnameVerificationAlgorithm("HTTPS");
    Path trust = smtp.trust();
    if (trust != null) {
      config.setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
    }
    LetterConfig.User user = smtp.user();
    if (user == null) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config.setLogin(LoginOption.REQUIRED).setUsername(user.name()).setPassword(user.password());
    }
    this.client = MailClient.create(vertx, config);
  }

  @Override
  public Future<Place> send(Letter letter) {
    MailMessage message =
        new MailMessage()
            .setFrom(from)
            .setTo(letter.to())
            .setSubject(letter.subject())
            .setText(letter.text());
    return client.sendMail(message).map(Place.SENT);
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
