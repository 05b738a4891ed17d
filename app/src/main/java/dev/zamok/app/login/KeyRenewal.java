package dev.zamok.app.login;

import dev.zamok.client.Session;
import dev.zamok.crypto.SecretBytes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** New keys for an account, told to the person whose they are. */
final class KeyRenewal {
  /** Every room of an account is gone through. */
  static final long SECONDS_MAX = 1_800;

  private final Connected connected;
  private final PrintWriter notes;
  private final FirstStart first;

  KeyRenewal(Connected connected, PrintWriter notes, FirstStart first) {
    this.connected = connected;
    this.notes = notes;
    this.first = first;
  }

  /**
   * The session that goes on with the new keys. A login that finished what had stopped makes no
   * other ones.
   *
   * @param file for a recovery sheet, null for none or one on the terminal
   */
  Connected renewed(
      char[] password,
      char[] master,
      @Nullable Path file,
      Function<SecretBytes, RecoverySheet> sheet) {
    Session before = connected.session();
    if (before.tookUpReplacedKeys()) {
      return connected;
    }
    boolean kept = before.isKept();
    Optional<SecretBytes> code = first.code(file);
    Session session =
        first.with(
            code.map(sheet),
            file,
            connected.waiting(),
            () -> before.replaceKeys(password, master, code.orElse(null)));
    say("the keys are replaced, all other logins have ended; kept devices need the passwords");
    say("your fingerprint is now " + session.self().fingerprintText());
    if (code.isEmpty()) {
      say("a recovery sheet from before opens the account no more: `zamok account recovery-sheet`");
    }
    if (kept && !session.isKept()) {
      say("this device is no longer kept: it needs the passwords at the next start");
    }
    say("the passwords are what they were: change them too, if somebody may know them");
    return new Connected(connected.client(), session, connected.waiting());
  }

  private void say(String line) {
    notes.println("zamok: " + line);
    notes.flush();
  }
}
