package dev.zamok.authority.alert;

import dev.zamok.authority.alert.MailSink.Mail;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of every alert, beside the log and the metrics.
 *
 * @param webhooks may hold secrets
 * @param mail where letters go; null: nowhere
 * @param trust PEM of who signs the certificates of webhooks; null: whom Java trusts
 */
public record Recipients(List<URI> webhooks, @Nullable Mail mail, @Nullable Path trust) {
  public static final Recipients NONE = new Recipients(List.of(), null, null);

  public Recipients {
    webhooks = List.copyOf(webhooks);
  }

  /** A way to each. */
  public List<AlertSink> sinks(Vertx vertx) {
    List<AlertSink> sinks = new ArrayList<>();
    webhooks.forEach(uri -> sinks.add(new Webhook(vertx, uri, trust)));
    if (mail != null) {
      sinks.add(new MailSink(vertx, mail));
    }
    return sinks;
  }

  /** Without the addresses. */
  @Override
  public String toString() {
    return "Recipients[" + webhooks.size() + " webhooks, mail " + (mail != null) + "]";
  }
}
