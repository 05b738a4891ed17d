package dev.zamok.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.secret.Secret;
import dev.zamok.secrets.intake.Imported;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample files, and what tests ask about what was read. */
public final class Files {
  private Files() {}

  public static byte[] sample(String name) {
    try (InputStream in = Files.class.getResourceAsStream("/samples/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static Secret secret(Imported imported, String name) {
    return imported.secrets().stream()
        .map(placed -> placed.secret())
        .filter(secret -> secret.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no secret of this name"));
  }

  public static List<String> folders(Imported imported, String name) {
    return imported.secrets().stream()
        .filter(placed -> placed.secret().name().equals(name))
        .findFirst()
        .orElseThrow()
        .folders();
  }

  /** {@code entry: what}, in order. */
  public static List<String> omissions(Imported imported) {
    return imported.omissions().stream().map(one -> one.entry() + ": " + one.what()).toList();
  }

  /** Everything that a log would show of it. */
  public static String shown(Throwable thrown) {
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    return all.toString();
  }
}
