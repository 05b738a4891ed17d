package dev.zamok.authority.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody logs in with.
 *
 * @param shown as it was typed, in Unicode NFKC
 * @param folded without regard to case: what makes two names the same
 */
record LoginName(String shown, String folded) {
  static final int CHARS_MAX = 128;

  /** Empty for text that cannot be a login name. */
  static Optional<LoginName> parse(String typed) {
    if (typed.length() > CHARS_MAX) {
      return Optional.empty();
    }
    String shown = normal(typed.strip());
    if (shown.isEmpty() || shown.length() > CHARS_MAX || !shown.equals(shown.strip())) {
      return Optional.empty();
    }
    if (!shown.codePoints().allMatch(LoginName::isAllowed)) {
      return Optional.empty();
    }
    // Upper and then lower: lower case alone keeps apart what differs in upper case only by one.
    String folded = normal(shown.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    return Optional.of(new LoginName(shown, folded));
  }

  /** Nothing invisible: names that look the same must not differ by what nobody sees. */
  private static boolean isAllowed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** A name is personal: it stays out of logs. */
  @Override
  public String toString() {
    return "LoginName[]";
  }
}
