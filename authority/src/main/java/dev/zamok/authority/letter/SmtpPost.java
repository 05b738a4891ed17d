package dev.zamok.authority.letter;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;

/** By a mail server. */
public final class SmtpPost implements Post {
  private static final int CONNECTIONS_MAX = 2;

  private final MailClient client;
  private final String from;

  public SmtpPost(Vertx vertx, LetterConfig.Smtp smtp) {
    this.from = smtp.from();
    this.client = smtp.server().client(vertx, CONNECTIONS_MAX);
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
