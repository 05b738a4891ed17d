package dev.zamok.secrets.intake;

import dev.zamok.client.secret.SecretRules;

/** Text of strangers that is shown in one line. */
final class Lines {
  private Lines() {}

  static boolean isFolder(String name) {
    return !name.isEmpty()
        && name.length() <= ImportLimits.FOLDER_CHARACTERS_MAX
        && SecretRules.cleanLine(name).equals(name);
  }

  /** Without control characters, cut to {@code max} UTF-16 units, no half character at the end. */
  static String cut(String text, int max) {
    String clean = SecretRules.cleanLine(text);
    if (clean.length() <= max) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(max - 1)) ? max - 1 : max;
    return clean.substring(0, end).strip();
  }
}
