package dev.zamok.authority.letter;

import dev.zamok.authority.mail.MailServer;
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

  /** A mail server, and who writes. */
  public record Smtp(MailServer server, String from) {}
}
