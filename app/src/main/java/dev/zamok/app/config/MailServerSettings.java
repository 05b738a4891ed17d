package dev.zamok.app.config;

import dev.zamok.app.UserError;
import dev.zamok.authority.mail.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mail server.
 *
 * @param address {@code host:port}; empty where there is none
 * @param user empty where it asks for none
 * @param passwordFile its first line; goes with {@code user}
 */
record MailServerSettings(String address, boolean tls, String user, @Nullable Path passwordFile) {
  static MailServerSettings read(Section section) {
    MailServerSettings found =
        new MailServerSettings(
            section.text("server", ""),
            section.flag("tls", true),
            section.text("user", ""),
            section.path("passwordFile"));
    if (found.isThere() && !found.isAddress()) {
      section.problem("server", found.address() + " is not like mail.example.org:465");
    }
    if (!found.user().isEmpty() && found.passwordFile() == null) {
      section.problem("passwordFile", "a user needs one");
    }
    return found;
  }

  boolean isThere() {
    return !address.isEmpty();
  }

  private boolean isAddress() {
    return address.matches("[^:/\\s]+:[0-9]{1,5}");
  }

  /**
   * Of one that is there. Fails with {@link UserError}.
   *
   * @param trust PEM of who signs its certificate; null: whom Java trusts
   */
  MailServer server(@Nullable Path trust) {
    int colon = address.lastIndexOf(':');
    return new MailServer(
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1)),
        tls,
        login(),
        trust);
  }

  private MailServer.@Nullable User login() {
    Path file = passwordFile;
    if (user.isEmpty() || file == null) {
      return null;
    }
    try {
      return new MailServer.User(user, Files.readString(file).strip());
    } catch (IOException e) {
      throw new UserError("cannot read the password of the mail server in " + file);
    }
  }
}
