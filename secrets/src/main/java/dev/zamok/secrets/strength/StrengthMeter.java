package dev.zamok.secrets.strength;

import dev.zamok.client.secret.SecretText;
import java.util.Locale;
import me.gosimple.nbvcxz.Nbvcxz;
import me.gosimple.nbvcxz.resources.ConfigurationBuilder;

/**
 * Estimates how many guesses a password takes, with dictionaries, keyboards, dates and repetitions
 * in mind. Takes up to some tenths of a second: not for event loops. The first meter of a process
 * reads dictionaries of a few megabytes. Thread-safe.
 */
public final class StrengthMeter {
  /** What is longer is judged by its beginning. */
  public static final int CHARACTERS_JUDGED = 100;

  private static final long COMBINATION_MILLIS_MAX = 300;

  private final Nbvcxz guesser =
      new Nbvcxz(
          new ConfigurationBuilder()
              .setLocale(Locale.ENGLISH)
              .setMaxLength(CHARACTERS_JUDGED)
              .setCombinationAlgorithmTimeout(COMBINATION_MILLIS_MAX)
              .createConfiguration());

  public Strength of(SecretText password) {
    String text = password.reveal();
    if (text.isEmpty()) {
      return new Strength(0);
    }
    String judged = text.length() > CHARACTERS_JUDGED ? text.substring(0, CHARACTERS_JUDGED) : text;
    return new Strength((int) Math.floor(guesser.estimate(judged).getEntropy()));
  }
}
