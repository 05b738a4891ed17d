package dev.zamok.app.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
  @TempDir Path directory;

  /** Somebody at a terminal who types these lines. */
  private static Asker typing(String... lines) {
    Deque<String> left = new ArrayDeque<>(List.of(lines));
    return new Asker() {
      @Override
      public boolean isThere() {
        return true;
      }

      @Override
      public char[] secret(String prompt) {
        return left.remove().toCharArray();
      }

      @Override
      public boolean confirms(String question) {
        return left.remove().equals("yes");
      }
    };
  }

  @Test
  void aFileComesBeforeTheEnvironmentAndItsFirstLineCounts() throws Exception {
    Path file = Files.writeString(directory.resolve("p"), "grüße 1\r\nsecond\n");
    Passwords passwords =
        new Passwords(
            Map.of("ZAMOK_PASSWORD_FILE", file.toString(), "ZAMOK_PASSWORD", "other"),
            Asker.nobody());
    assertThat(passwords.login(false)).isEqualTo("grüße 1".toCharArray());
  }

  @Test
  void theEnvironmentComesBeforeTheTerminal() {
    Passwords passwords =
        new Passwords(Map.of("ZAMOK_MASTER_PASSWORD", "m-1"), typing("never asked"));
    assertThat(passwords.master(true)).isEqualTo("m-1".toCharArray());
  }

  @Test
  void aNewPasswordIsTypedTwice() {
    assertThat(new Passwords(Map.of(), typing("abc", "abc")).login(true))
        .isEqualTo("abc".toCharArray());
    assertThatThrownBy(() -> new Passwords(Map.of(), typing("abc", "abd")).login(true))
        .isInstanceOf(UserError.class)
        .hasMessageNotContainingAny("abc", "abd");
    assertThat(new Passwords(Map.of(), typing("abc")).master(false)).isEqualTo("abc".toCharArray());
  }

  @Test
  void withoutTerminalTheErrorSaysWhichVariableToSet() {
    assertThatThrownBy(() -> new Passwords(Map.of(), Asker.nobody()).master(false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ZAMOK_MASTER_PASSWORD_FILE");
  }

  @Test
  void emptyUnreadableAndBinaryPasswordsAreRefused() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 'a'});
    Path large = Files.writeString(directory.resolve("large"), "a".repeat(5000));
    for (Path file : List.of(empty, binary, large, directory.resolve("none"))) {
      Passwords passwords =
          new Passwords(Map.of("ZAMOK_PASSWORD_FILE", file.toString()), Asker.nobody());
      assertThatThrownBy(() -> passwords.login(false)).isInstanceOf(UserError.class);
    }
    assertThatThrownBy(() -> new Passwords(Map.of("ZAMOK_PASSWORD", ""), typing()).login(false))
        .isInstanceOf(UserError.class);
  }

  @Test
  void theServerMustNotSeeTheMasterPassword() {
    assertThatThrownBy(() -> Passwords.checkDifferent("same".toCharArray(), "same".toCharArray()))
        .isInstanceOf(UserError.class);
  }
}
