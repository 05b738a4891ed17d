package dev.zamok.app.chat.show;

/**
 * Makes text of other people harmless for a terminal. Control characters (which move the cursor,
 * change titles, answer as if typed), directional overrides (which show words in another order than
 * they were written) and other invisible characters appear as <code>&#92;u{202E}</code>.
 */
public final class Visible {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** What letters of real scripts bear; more of them paint over the lines above and below. */
  private static final int MARKS_MAX = 4;

  private Visible() {}

  /** Names and other text that is one line: line feeds and tabs are made visible, too. */
  public static String line(String text) {
    return visible(text, "", false);
  }

  /**
   * What somebody wrote, which may be several lines: each after the first begins with {@code
   * indent}, so that none can pass for a line of ours.
   */
  public static String lines(String text, String indent) {
    return visible(text, indent, true);
  }

  private static String visible(String text, String indent, boolean many) {
    StringBuilder shown = new StringBuilder(text.length() + 16);
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      marks = isMark(c) ? marks + 1 : 0;
      if (many && c == '\n') {
        shown.append('\n').append(indent);
      } else if (many && c == '\t') {
        shown.append("    ");
      } else if (marks > MARKS_MAX || isHidden(c, many)) {
        shown.append("\\u{").append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT));
        shown.append('}');
      } else {
        shown.appendCodePoint(c);
      }
    }
    return shown.toString();
  }

  private static boolean isHidden(int c, boolean prose) {
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      // Emoji and several scripts need them; in names they only serve to look alike.
      return !prose;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}
