package dev.zamok.authority.letter;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How letters go out.
 *
 * @param server the address of this deployment, as people reach it: what links in letters begin
 *     with
 * @param smtp null: letters become files in {@code directory}
 * @param directory null where there is neither: nobody can be written to
 */
public record LetterConfig(URI server, @Nullable Smtp smtp, @Nullable Path directory) {
  public static final LetterConfig NONE =
      new LetterConfig(URI.create("https://localhost"), null, null);

  /**
   * A mail server.
   *
   * @param tls from the first byte; otherwise STARTTLS is demanded
   * @param user null where it asks for none
   * @param trust PEM of who signs its certificate; null: whom Java trusts
   */
  public record Smtp(
      String host, int port, boolean tls, @Nullable User user, String from, @Nullable Path trust) {}

  /** A login at the mail server. */
  public record User(String name, String password) {
    @Override
    public String toString() {
      return "User[" + name + "]";
    }
  }
}
