package dev.zamok.app.config;

import dev.zamok.app.UserError;
import dev.zamok.authority.alert.AlertConfig;
import dev.zamok.authority.alert.MailSink;
import dev.zamok.authority.alert.Recipients;
import dev.zamok.authority.node.Watch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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

  /**
   * @param user empty where the server asks for none
   * @param passwordFile its first line; goes with {@code user}
   */
  record Mail(
      String server,
      boolean tls,
      String user,
      @Nullable Path passwordFile,
      String from,
      List<String> to) {
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
        new Mail(
            mail.text("server", ""),
            mail.flag("tls", true),
            mail.text("user", ""),
            mail.path("passwordFile"),
            mail.text("from", ""),
            mail.texts("to", List.of()));
    boolean used = !found.server().isEmpty();
    if (used && !found.server().matches("[^:/\\s]+:[0-9]{1,5}")) {
      mail.problem("server", found.server() + " is not like mail.example.org:465");
      used = false;
    }
    if (used && (found.from().isEmpty() || found.to().isEmpty())) {
      mail.problem("to", "from and to are needed");
    }
    if (!found.user().isEmpty() && found.passwordFile() == null) {
      mail.problem("passwordFile", "a user needs one");
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
    int colon = settings.server().lastIndexOf(':');
    return new MailSink.Mail(
        settings.server().substring(0, colon),
        Integer.parseInt(settings.server().substring(colon + 1)),
        settings.tls(),
        account(settings),
        settings.from(),
        settings.to());
  }

  private static MailSink.@Nullable Account account(Mail settings) {
    Path file = settings.passwordFile();
    if (settings.user().isEmpty() || file == null) {
      return null;
    }
    try {
      return new MailSink.Account(settings.user(), Files.readString(file).strip());
    } catch (IOException e) {
      throw new UserError("cannot read the password of the mail server in " + file);
    }
  }

  /** Without the addresses of webhooks. */
  @Override
  public String toString() {
    return "AlertSettings[" + webhooks.size() + " webhooks, mail " + (mail != null) + "]";
  }
}
