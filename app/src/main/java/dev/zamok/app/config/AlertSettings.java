package dev.zamok.app.config;

import dev.zamok.authority.alert.AlertConfig;
import dev.zamok.authority.alert.MailSink;
import dev.zamok.authority.alert.Recipients;
import dev.zamok.authority.node.Watch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when something is wrong with the deployment, beside the log and the metrics.
 *
 * @param webhooks may hold secrets
 * @param trust PEM of who signs the certificates of these servers; null: whom Java trusts
 */
public record AlertSettings(List<URI> webhooks, @Nullable Mail mail, @Nullable Path trust) {
  public AlertSettings {
    webhooks = List.copyOf(webhooks);
  }

  record Mail(MailServerSettings server, String from, List<String> to) {
    Mail {
      to = List.copyOf(to);
    }
  }

  static AlertSettings read(Section section) {
    List<URI> webhooks =
        section.texts("webhooks", List.of()).stream()
            .filter(text -> isWebhook(section, text))
            .map(URI::create)
            .toList();
    Section mail = section.section("mail");
    Mail found =
        new Mail(MailServerSettings.read(mail), mail.text("from", ""), mail.texts("to", List.of()));
    boolean used = found.server().isThere();
    if (used && (found.from().isEmpty() || found.to().isEmpty())) {
      mail.problem("to", "from and to are needed");
    }
    mail.end();
    Path trust = section.path("trust");
    section.end();
    return new AlertSettings(webhooks, used ? found : null, trust);
  }

  private static boolean isWebhook(Section section, String text) {
    boolean right = text.matches("https://[^/?#\\s]+[^\\s]*");
    if (!right) {
      // The address may hold a secret: it is not repeated.
      section.problem("webhooks", "each must start with https://");
    }
    return right;
  }

  /**
   * For an authority.
   *
   * @param disks that must not fill up
   * @param certificate when it ends
   */
  public Watch watch(List<Path> disks, Supplier<Optional<Instant>> certificate) {
    return new Watch(
        AlertConfig.DEFAULT, new Recipients(webhooks, letters(), trust), disks, certificate);
  }

  private MailSink.@Nullable Mail letters() {
    Mail settings = mail;
    if (settings == null) {
      return null;
    }
    return new MailSink.Mail(settings.server().server(trust), settings.from(), settings.to());
  }

  /** Without the addresses of webhooks. */
  @Override
  public String toString() {
    return "AlertSettings[" + webhooks.size() + " webhooks, mail " + (mail != null) + "]";
  }
}
