package dev.zamok.secrets.generate;

/**
 * Words of the list, each as likely as any other, with {@code separator} between them.
 *
 * @param separator up to {@value #SEPARATOR_CHARACTERS_MAX} printable ASCII characters
 * @param capitals whether words begin with a capital
 */
public record PassphraseRecipe(int words, String separator, boolean capitals) {
  public static final int WORDS_MIN = 3;
  public static final int WORDS_MAX = 40;
  public static final int SEPARATOR_CHARACTERS_MAX = 8;

  /** 77 bits. */
  public static final PassphraseRecipe DEFAULT = new PassphraseRecipe(6, "-", false);

  /** Fails with {@link IllegalArgumentException}. */
  public PassphraseRecipe {
    if (words < WORDS_MIN || words > WORDS_MAX) {
      throw new IllegalArgumentException(
          "a passphrase has " + WORDS_MIN + " to " + WORDS_MAX + " words");
    }
    if (separator.length() > SEPARATOR_CHARACTERS_MAX
        || separator.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException(
          "a separator has up to " + SEPARATOR_CHARACTERS_MAX + " printable characters");
    }
  }

  /** The logarithm to base 2 of the number of passphrases there are, rounded down. */
  public int bits() {
    return java.math.BigInteger.valueOf(WordList.SIZE).pow(words).bitLength() - 1;
  }
}
