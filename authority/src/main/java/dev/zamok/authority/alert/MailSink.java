package dev.zamok.authority.alert;

import dev.zamok.authority.mail.MailServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import java.util.List;

/** Sends each alert as a letter. */
public final class MailSink implements AlertSink {
  private static final int CONNECTIONS_MAX = 1;

  private final MailClient client;
  private final Mail mail;

  /** Where letters go. */
  public record Mail(MailServer server, String from, List<String> to) {
    public Mail {
      to = List.copyOf(to);
      if (to.isEmpty()) {
        throw new IllegalArgumentException("alerts.mail.to: nobody");
      }
    }
  }

  MailSink(Vertx vertx, Mail mail) {
    this.mail = mail;
    this.client = mail.server().client(vertx, CONNECTIONS_MAX);
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
