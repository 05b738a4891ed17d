package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.contact.Contact;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whom something is sealed to. The fingerprint is shown before anything is sealed, and must be
 * agreed to: it is the only proof of who that is.
 */
final class CardChoice {
  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = "The fingerprint of the account's card, compared over another channel.")
  private @Nullable String fingerprint;

  @Option(names = "--yes", description = "Trust the card that the server shows, or is pinned.")
  private boolean yes;

  /** Fails with {@link UserError} when it is not agreed to. */
  Contact agreed(Desk desk, String login) {
    Contact contact = desk.contact(login);
    String named = fingerprint;
    if (named != null && !bare(named).equals(bare(contact.fingerprintText()))) {
      throw new UserError(
          "DANGER: the card of "
              + Visible.line(login)
              + " has the fingerprint "
              + contact.fingerprintText()
              + ", not the one you named. Nothing was done",
          UserError.DOES_NOT_VERIFY);
    }
    if (named == null) {
      String shown =
          "the card of "
              + Visible.line(login)
              + " has the fingerprint "
              + contact.fingerprintText();
      if (!yes && !desk.around().asker().isThere()) {
        throw new UserError(
            shown + ". Compare it over another channel, then add --fingerprint, or --yes", 2);
      }
      desk.note(shown);
      if (!yes && !desk.around().asker().confirms("Is it the one that he or she shows you?")) {
        throw new UserError("nothing was done: the card was not confirmed");
      }
    }
    return contact;
  }

  private static String bare(String hex) {
    return hex.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT);
  }
}
