package dev.zamok.app.login;

import dev.zamok.app.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two passwords: from a file that the environment names, from the environment itself, or typed
 * unseen. There is no option for them: every user of a machine sees its command lines.
 */
public final class Passwords {
  private static final int FILE_BYTES_MAX = 4096;
  private static final String MASTER = "ZAMOK_MASTER_PASSWORD";
  private static final String NEXT_MASTER = "ZAMOK_NEW_MASTER_PASSWORD";

  private final Map<String, String> environment;
  private final Asker asker;

  public Passwords(Map<String, String> environment, Asker asker) {
    this.environment = environment;
    this.asker = asker;
  }

  /** The one that the server checks. */
  public char[] login(boolean isNew) {
    return read("ZAMOK_PASSWORD", "login password", isNew);
  }

  /** The one that never leaves this program. */
  public char[] master(boolean isNew) {
    return read(MASTER, "master password", isNew);
  }

  /** Whether a person types it, rather than the environment having it. */
  boolean typesMaster() {
    return isTyped(MASTER);
  }

  /** The same, of {@link #nextMaster}. */
  boolean typesNextMaster() {
    return isTyped(NEXT_MASTER);
  }

  private boolean isTyped(String variable) {
    return !environment.containsKey(variable) && !environment.containsKey(variable + "_FILE");
  }

  /** The one that takes the place of {@link #master}. */
  public char[] nextMaster() {
    return read(NEXT_MASTER, "master password", true);
  }

  /** The one that takes the place of {@link #login}. */
  public char[] nextLogin() {
    return read("ZAMOK_NEW_PASSWORD", "login password", true);
  }

  /** The recovery code, as text. */
  public char[] recoveryCode() {
    return read("ZAMOK_RECOVERY_CODE", "recovery code", false);
  }

  /** The one of an invitation, which came another way than its link. */
  public char[] code() {
    return read("ZAMOK_CODE", "code of the invitation", false);
  }

  /** The one of a link, which came another way. */
  public char[] linkCode() {
    return read("ZAMOK_CODE", "code of the link", false);
  }

  /** One that the server sees must not be the one that it must never see. */
  public static void checkDifferent(char[] login, char[] master) {
    if (Arrays.equals(login, master)) {
      throw new UserError(
          "the master password must not be the login password: the server sees that one");
    }
  }

  private char[] read(String variable, String what, boolean isNew) {
    String file = environment.get(variable + "_FILE");
    if (file != null) {
      return checked(file(Path.of(file), variable), what);
    }
    String value = environment.get(variable);
    if (value != null) {
      return checked(value.toCharArray(), what);
    }
    if (!asker.isThere()) {
      throw new UserError(
          "no " + what + ": set " + variable + "_FILE to a file that holds it, or use a terminal");
    }
    return checked(typed(what, isNew), what);
  }

  private char[] typed(String what, boolean isNew) {
    char[] typed = asker.secret(isNew ? "new " + what : what);
    if (isNew) {
      char[] again = asker.secret("the same again");
      boolean same = Arrays.equals(typed, again);
      Arrays.fill(again, '\0');
      if (!same) {
        throw new UserError("the two inputs differ: start again");
      }
    }
    return typed;
  }

  private static char[] checked(char[] password, String what) {
    if (password.length == 0) {
      throw new UserError("the " + what + " is empty");
    }
    return password;
  }

  /** The first line. */
  private static char[] file(Path file, String variable) {
    byte @Nullable [] bytes = null;
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new UserError(variable + "_FILE names a file too large for a password");
      }
      bytes = Files.readAllBytes(file);
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] password = new char[end];
      text.get(password);
      Arrays.fill(text.array(), '\0');
      return password;
    } catch (CharacterCodingException e) {
      throw new UserError(variable + "_FILE names a file that is not UTF-8");
    } catch (IOException e) {
      throw new UserError(variable + "_FILE names " + file + ", which cannot be read");
    } finally {
      if (bytes != null) {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }
}
