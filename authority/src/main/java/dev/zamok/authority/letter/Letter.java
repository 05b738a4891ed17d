package dev.zamok.authority.letter;

import java.util.regex.Pattern;

/**
 * Plain text to one address. Personal: it stays out of logs.
 *
 * @param to an address that {@link #isAddress} takes
 * @param subject one line
 */
public record Letter(String to, String subject, String text) {
  private static final int ADDRESS_CHARS_MAX = 254;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  public Letter {
    if (!isAddress(to) || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("letter that cannot be sent");
    }
  }

  /** One bare address: nothing in it can become a header or a second recipient. */
  public static boolean isAddress(String text) {
    return text.length() <= ADDRESS_CHARS_MAX && ADDRESS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "Letter[]";
  }
}
