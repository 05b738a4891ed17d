package dev.zamok.app.config;

import dev.zamok.app.UserError;
import dev.zamok.authority.letter.LetterConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How people outside are written to: those who are invited by their e-mail address.
 *
 * @param url the address of the deployment in links; empty for the first host and the port
 * @param server {@code host:port}; empty: letters become files
 * @param user empty where the server asks for none
 * @param passwordFile its first line; goes with {@code user}
 * @param directory of the files; null for {@code mail} in the data directory
 */
public record LetterSettings(
    String url,
    String server,
    boolean tls,
    String user,
    @Nullable Path passwordFile,
    String from,
    @Nullable Path trust,
    @Nullable Path directory) {

  static LetterSettings read(Section section) {
    LetterSettings found =
        new LetterSettings(
            section.text("url", ""),
            section.text("server", ""),
            section.flag("tls", true),
            section.text("user", ""),
            section.path("passwordFile"),
            section.text("from", ""),
            section.path("trust"),
            section.path("directory"));
    if (!found.url().isEmpty() && !isBareHttps(found.url())) {
      section.problem("url", found.url() + " is not like https://zamok.example.org");
    }
    if (!found.server().isEmpty()) {
      if (!found.server().matches("[^:/\\s]+:[0-9]{1,5}")) {
        section.problem("server", found.server() + " is not like mail.example.org:465");
      }
      if (found.from().isEmpty()) {
        section.problem("from", "a mail server needs to know who writes");
      }
    }
    if (!found.user().isEmpty() && found.passwordFile() == null) {
      section.problem("passwordFile", "a user needs one");
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
    if (server.isEmpty()) {
      return null;
    }
    int colon = server.lastIndexOf(':');
    return new LetterConfig.Smtp(
        server.substring(0, colon),
        Integer.parseInt(server.substring(colon + 1)),
        tls,
        login(),
        from,
        trust);
  }

  private LetterConfig.@Nullable User login() {
    Path file = passwordFile;
    if (user.isEmpty() || file == null) {
      return null;
    }
    try {
      return new LetterConfig.User(user, Files.readString(file).strip());
    } catch (IOException e) {
      throw new UserError("cannot read the password of the mail server in " + file);
    }
  }
}
