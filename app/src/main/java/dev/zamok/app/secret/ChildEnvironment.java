package dev.zamok.app.secret;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs a command with secrets in its environment: of the child alone, never in arguments, files or
 * our own environment. Passwords and codes of ours, {@code ZAMOK_…PASSWORD…} and {@code
 * ZAMOK_…CODE…}, and the files that hold them, do not reach the child. Whoever may read the memory
 * of the child, or of a child of it, may read its environment.
 */
public final class ChildEnvironment {
  /** What shells answer for a command that is not there. */
  public static final int NOT_FOUND = 127;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OURS = Pattern.compile("ZAMOK_.*(PASSWORD|CODE|KEYRING).*");
  private static final int VALUE_BYTES_MAX = 100_000;

  private ChildEnvironment() {}

  /** {@code NAME=safe/item#field}, each name once, in order. Fails with {@link UserError}. */
  public static Map<String, SecretReference> parse(List<String> options) {
    Map<String, SecretReference> wanted = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals < 0 || !NAME.matcher(option.substring(0, equals)).matches()) {
        throw new UserError("--env takes NAME=safe/item#field");
      }
      String name = option.substring(0, equals);
      if (wanted.put(name, SecretReference.parse(option.substring(equals + 1))) != null) {
        throw new UserError("--env names " + name + " twice");
      }
    }
    return wanted;
  }

  /**
   * Runs the command on our terminal and waits; yields its exit code. When we are told to end, so
   * is the child.
   */
  public static int run(List<String> command, Map<String, SecretText> values) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    withoutOurs(environment);
    values.forEach((name, value) -> environment.put(name, checked(name, value)));
    Process child;
    try {
      child = builder.start();
    } catch (IOException e) {
      // Its message names the command alone, but that is the platform's choice.
      throw new UserError("cannot start " + command.get(0));
    }
    Thread end = new Thread(child::destroy, "ends-the-child");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      int code = child.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return code;
    } catch (InterruptedException e) {
      child.destroy();
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Takes out what is for this program alone. */
  static void withoutOurs(Map<String, String> environment) {
    environment.keySet().removeIf(name -> OURS.matcher(name).matches());
  }

  private static String checked(String name, SecretText value) {
    String text = value.reveal();
    if (text.indexOf('\0') >= 0 || text.length() > VALUE_BYTES_MAX) {
      throw new UserError("the value for " + name + " does not fit an environment");
    }
    return text;
  }
}
