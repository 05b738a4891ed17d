package dev.zamok.app.login;

import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.HumanCode;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.secrets.strength.Strength;
import dev.zamok.secrets.strength.StrengthMeter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a person is told, shown and offered before a new account is made. It forces nothing. */
final class FirstStart {
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
      say("`zamok generate --words 6` makes some. Choose what you like: there are no rules.");
    }
  }

  /** How long it holds against somebody who has the server's database and guesses. */
  void judge(char[] master) {
    if (!asker.isThere()) {
      return;
    }
    Strength strength = new StrengthMeter().of(SecretText.of(new String(master)));
    say("Master password: " + meter(strength));
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
   * Makes the account; a file is there before, so that no code opens an account which nobody has.
   */
  <T> T with(Optional<RecoverySheet> sheet, @Nullable Path file, Supplier<T> registration) {
    if (sheet.isEmpty()) {
      return registration.get();
    }
    if (file == null) {
      T made = registration.get();
      sheet.get().lines().forEach(this::say);
      return made;
    }
    sheet.get().write(file);
    boolean done = false;
    try {
      T made = registration.get();
      done = true;
      say("The recovery sheet is in " + file + ": print it, then delete the file.");
      return made;
    } finally {
      if (!done) {
        RecoverySheet.discard(file);
      }
    }
  }

  private void say(String line) {
    notes.println(line);
    notes.flush();
  }
}
