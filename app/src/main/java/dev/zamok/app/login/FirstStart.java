package dev.zamok.app.login;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.secrets.strength.Strength;
import dev.zamok.secrets.strength.StrengthMeter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a person is told, shown and offered before a new account is made. It forces nothing. */
final class FirstStart {
  /** The server takes no shorter one. */
  private static final int LOGIN_CHARACTERS_MIN = 8;

  private final Asker asker;
  private final PrintWriter notes;
  private final SecureRandom random;

  FirstStart(Asker asker, PrintWriter notes, SecureRandom random) {
    this.asker = asker;
    this.notes = notes;
    this.random = random;
  }

  void explain() {
    if (asker.isThere()) {
      say(
          "A new account has two passwords. The login password tells the server who you are, and can");
      say(
          "be replaced. The master password never leaves this program: it opens your keys, and with");
      say(
          "them everything you can read. Nobody can reset it, the server's owner included; forgotten,");
      say("it is gone, unless you keep a recovery sheet. Several random words hold well:");
      say(
          "`zamok generate --words 6` makes some. Choose what you like: there are no rules for it. The");
      say("login password has at least " + LOGIN_CHARACTERS_MIN + " characters.");
    }
  }

  /** Before more is typed that would be for nothing. Fails with {@link UserError}. */
  static void checkLogin(char[] password) {
    if (Character.codePointCount(password, 0, password.length) < LOGIN_CHARACTERS_MIN) {
      throw new UserError(
          "the login password has at least "
              + LOGIN_CHARACTERS_MIN
              + " characters: choose another");
    }
  }

  /**
   * A master password, and how long it holds against somebody who has the server's database and
   * guesses; who typed a weak one may choose again, and need not.
   *
   * @param login the login password, which it must not be
   */
  char[] master(Supplier<char[]> chosen, boolean typed, char[] login) {
    char[] master = different(chosen, login);
    while (asker.isThere() && isWeak(master) && typed && asker.confirms("Choose another one?")) {
      Arrays.fill(master, '\0');
      master = different(chosen, login);
    }
    return master;
  }

  private static char[] different(Supplier<char[]> chosen, char[] login) {
    char[] master = chosen.get();
    boolean done = false;
    try {
      Passwords.checkDifferent(login, master);
      done = true;
      return master;
    } finally {
      if (!done) {
        Arrays.fill(master, '\0');
      }
    }
  }

  /** Shows how strong it is. */
  private boolean isWeak(char[] master) {
    Strength strength = new StrengthMeter().of(SecretText.of(new String(master)));
    say("Master password: " + meter(strength));
    return strength.grade().compareTo(Strength.Grade.GOOD) < 0;
  }

  static String meter(Strength strength) {
    List<Strength.Grade> grades = List.of(Strength.Grade.values());
    int steps = grades.indexOf(strength.grade()) + 1;
    int all = grades.size();
    String words =
        switch (strength.grade()) {
          case VERY_WEAK -> "very weak: falls to a few guesses";
          case WEAK -> "weak: falls to whoever gets the server's database";
          case FAIR -> "fair: holds, but not against a determined attack on the database";
          case GOOD -> "good: holds against all but the richest attackers";
          case EXCELLENT -> "excellent: beyond guessing";
        };
    return "[" + "#".repeat(steps) + "-".repeat(all - steps) + "] " + words;
  }

  /**
   * A code, where the user wants a sheet.
   *
   * @param file named by an option, or null
   */
  Optional<SecretBytes> code(@Nullable Path file) {
    if (file == null && asker.isThere()) {
      say(
          "A recovery sheet holds a code that opens your account with the login password, should you");
      say("forget the master password. It is shown once; write it down and keep it on paper.");
    }
    boolean wanted = file != null || (asker.isThere() && asker.confirms("Make a recovery sheet?"));
    return wanted ? Optional.of(HumanCode.generate(random)) : Optional.empty();
  }

  /**
   * Makes the account, or changes what the sheet's code opens; a file is there before, so that no
   * account is opened by a code which nobody has. The sheet goes only where the change surely did
   * not take effect.
   */
  <T> T with(
      Optional<RecoverySheet> sheet,
      @Nullable Path file,
      Waiting waiting,
      Supplier<CompletableFuture<T>> change) {
    if (sheet.isEmpty()) {
      return waiting.on(change.get());
    }
    AtomicBoolean unchanged = new AtomicBoolean();
    if (file != null) {
      sheet.get().write(file);
    }
    boolean done = false;
    try {
      T made = waiting.on(change.get(), unchanged);
      done = true;
      return made;
    } finally {
      tell(sheet.get(), file, done, unchanged.get());
    }
  }

  private void tell(RecoverySheet sheet, @Nullable Path file, boolean done, boolean unchanged) {
    if (!done && unchanged) {
      if (file != null) {
        RecoverySheet.discard(file);
      }
      return;
    }
    if (file == null) {
      sheet.lines().forEach(this::say);
    } else {
      say("The recovery sheet is in " + file + ": print it, then delete the file.");
    }
    if (!done) {
      say("It is not known whether that took effect: keep the recovery sheet until you know.");
    }
  }

  private void say(String line) {
    notes.println(line);
    notes.flush();
  }
}
