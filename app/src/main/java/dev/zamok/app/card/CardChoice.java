package dev.zamok.app.card;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Connected;
import dev.zamok.client.contact.Contact;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whom something is sealed to. The fingerprint is shown before anything is sealed, and must be
 * agreed to: it is the only proof of who that is. A card that nobody agreed to is not remembered.
 */
public final class CardChoice {
  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = "The fingerprint of the account's card, compared over another channel.")
  private @Nullable String fingerprint;

  @Option(names = "--yes", description = "Trust the card that the server shows, or is pinned.")
  private boolean yes;

  /**
   * The account of that name, pinned from now on. Fails with {@link UserError} when its card is not
   * agreed to.
   *
   * @param notes hears the fingerprint
   */
  public Contact agreed(Connected connected, Asker asker, Consumer<String> notes, String login) {
    Contact shown = connected.waiting().on(connected.session().look(login));
    String named = fingerprint;
    if (named == null) {
      ask(asker, notes, shown);
    } else if (!bare(named).equals(bare(shown.fingerprintText()))) {
      throw new UserError(
          "DANGER: " + text(shown) + ", not the one you named. Nothing was done",
          UserError.DOES_NOT_VERIFY);
    }
    return connected.waiting().on(connected.session().pin(shown));
  }

  private void ask(Asker asker, Consumer<String> notes, Contact shown) {
    if (!yes && !asker.isThere()) {
      throw new UserError(
          text(shown) + ". Compare it over another channel, then add --fingerprint, or --yes", 2);
    }
    notes.accept(text(shown));
    if (!yes && !asker.confirms("Is it the one that he or she shows you?")) {
      throw new UserError("nothing was done: the card was not confirmed");
    }
  }

  private static String text(Contact shown) {
    return "the card of "
        + Visible.line(shown.login())
        + " has the fingerprint "
        + shown.fingerprintText();
  }

  private static String bare(String hex) {
    return hex.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT);
  }
}
