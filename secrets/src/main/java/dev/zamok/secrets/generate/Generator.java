package dev.zamok.secrets.generate;

import dev.zamok.client.secret.SecretText;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Makes passwords and passphrases. As thread-safe as its random source. */
public final class Generator {
  /** So unlucky is nobody: the rarest recipe fits once in a few dozen tries. */
  private static final int TRIES_MAX = 100_000;

  private final SecureRandom random;

  public Generator(SecureRandom random) {
    this.random = random;
  }

  /**
   * Drawn again as a whole until every class is there. Putting missing characters in would make
   * some passwords likelier than others.
   */
  public SecretText password(PasswordRecipe recipe) {
    String alphabet = recipe.alphabet();
    for (int i = 0; i < TRIES_MAX; i++) {
      StringBuilder password = new StringBuilder(recipe.length());
      while (password.length() < recipe.length()) {
        password.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (recipe.fits(password.toString())) {
        return SecretText.of(password.toString());
      }
    }
    throw new IllegalStateException("the random source is broken");
  }

  public SecretText passphrase(PassphraseRecipe recipe) {
    List<String> words = WordList.words();
    StringJoiner phrase = new StringJoiner(recipe.separator());
    for (int i = 0; i < recipe.words(); i++) {
      String word = words.get(random.nextInt(words.size()));
      phrase.add(
          recipe.capitals()
              ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)
              : word);
    }
    return SecretText.of(phrase.toString());
  }
}
