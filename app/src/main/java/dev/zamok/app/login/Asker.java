package dev.zamok.app.login;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal, if there is one. */
public interface Asker {
  boolean isThere();

  /** What was typed, unseen. Fails with {@link IllegalStateException} when nobody is there. */
  char[] secret(String prompt);

  /** Whether the answer was {@code yes}, in full. */
  boolean confirms(String question);

  /**
   * Of this process. Since JDK 22 there is a console even without a terminal, unless {@code
   * jdk.console} is {@code java.base}: the launcher says so.
   */
  @SuppressWarnings("SystemConsoleNull") // null again by the launcher's option
  static Asker console() {
    Console console = System.console();
    return console == null ? nobody() : new OfConsole(console);
  }

  static Asker nobody() {
    return new Asker() {
      @Override
      public boolean isThere() {
        return false;
      }

      @Override
      public char[] secret(String prompt) {
        throw new IllegalStateException("nobody to ask");
      }

      @Override
      public boolean confirms(String question) {
        throw new IllegalStateException("nobody to ask");
      }
    };
  }

  /** A terminal. */
  record OfConsole(Console console) implements Asker {
    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public char[] secret(String prompt) {
      char @Nullable [] typed = console.readPassword("%s: ", prompt);
      return typed == null ? new char[0] : typed;
    }

    @Override
    public boolean confirms(String question) {
      return "yes".equalsIgnoreCase(console.readLine("%s (yes/no) ", question));
    }
  }
}
