package dev.zamok.app.config;

import dev.zamok.authority.letter.LetterConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How people outside are written to: those who are invited by their e-mail address.
 *
 * @param url the address of the deployment in links; empty for the first host and the port
 * @param server where there is none, letters become files
 * @param directory of the files; null for {@code mail} in the data directory
 */
public record LetterSettings(
    String url,
    MailServerSettings server,
    String from,
    @Nullable Path trust,
    @Nullable Path directory) {

  static LetterSettings read(Section section) {
    LetterSettings found =
        new LetterSettings(
            section.text("url", ""),
            MailServerSettings.read(section),
            section.text("from", ""),
            section.path("trust"),
            section.path("directory"));
    if (!found.url().isEmpty() && !isBareHttps(found.url())) {
      section.problem("url", found.url() + " is not like https://zamok.example.org");
    }
    if (found.server().isThere() && found.from().isEmpty()) {
      section.problem("from", "a mail server needs to know who writes");
    }
    section.end();
    return found;
  }

  private static boolean isBareHttps(String text) {
    try {
      URI uri = new URI(text);
      return text.matches("https://[^/?#@]+") && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * For an authority.
   *
   * @param host and port by which people reach it, where nothing else is said
   * @param data the data directory
   */
  public LetterConfig config(String host, Path data) {
    URI address = URI.create(url.isEmpty() ? "https://" + host : url);
    return new LetterConfig(address, smtp(), directory == null ? data.resolve("mail") : directory);
  }

  private LetterConfig.@Nullable Smtp smtp() {
    return server.isThere() ? new LetterConfig.Smtp(server.server(trust), from) : null;
  }
}
