package dev.zamok.app.secret;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files to import, and the passwords of files: from a file that the environment names, or typed
 * unseen; never from an argument.
 */
public final class SecretFiles {
  private static final int PASSWORD_BYTES_MAX = 4_096;

  private final Map<String, String> environment;
  private final @Nullable Console console;

  public SecretFiles(Map<String, String> environment, @Nullable Console console) {
    this.environment = environment;
    this.console = console;
  }

  public static byte[] read(Path file, int bytesMax) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new UserError(file + " has more than " + bytesMax + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new UserError(file + " cannot be read");
    }
  }

  /**
   * The password of a file. Fails with {@link UserError}.
   *
   * @param variable the environment variable that may name a file with the password in it
   * @param twice whether a typed one is asked for again, as a new one is
   */
  public SecretText password(String variable, String what, boolean twice) {
    String named = environment.get(variable);
    if (named != null) {
      byte[] bytes = read(Path.of(named), PASSWORD_BYTES_MAX);
      String text = new String(bytes, StandardCharsets.UTF_8);
      Arrays.fill(bytes, (byte) 0);
      return nonEmpty(text.lines().findFirst().orElse(""), what);
    }
    if (console == null) {
      throw new UserError(
          "no " + what + ": set " + variable + " to a file that holds it, or use a terminal");
    }
    SecretText typed = typed(console, what);
    if (twice && !typed(console, "the same again").equals(typed)) {
      throw new UserError("the two inputs differ: start again");
    }
    return nonEmpty(typed.reveal(), what);
  }

  /** As {@link #password}, of a file that may have none: null then. */
  public @Nullable SecretText passwordIfAny(String variable, String what) {
    if (environment.get(variable) != null) {
      return password(variable, what, false);
    }
    SecretText typed = console == null ? SecretText.EMPTY : typed(console, what);
    return typed.equals(SecretText.EMPTY) ? null : typed;
  }

  private static SecretText typed(Console console, String prompt) {
    char @Nullable [] typed = console.readPassword("%s: ", prompt);
    if (typed == null) {
      return SecretText.EMPTY;
    }
    SecretText text = SecretText.of(new String(typed));
    Arrays.fill(typed, '\0');
    return text;
  }

  private static SecretText nonEmpty(String text, String what) {
    if (text.isEmpty()) {
      throw new UserError("the " + what + " is empty");
    }
    return SecretText.of(text);
  }
}
