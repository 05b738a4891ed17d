package dev.zamok.protocol.content;

import dev.zamok.protocol.MalformedException;

/**
 * What a member wrote: 1 to {@value #CHARACTERS_MAX} characters (UTF-16 units, as Java and
 * JavaScript count), no control characters but line feed and tab, no lone surrogates. Still a
 * stranger's text: see <em>Showing it</em> in {@code CONTENT.md}.
 */
public record Words(String text) {
  public static final int CHARACTERS_MAX = 16_000;

  public Words {
    if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
      throw new MalformedException("C-007 text of " + text.length() + " characters");
    }
    if (text.codePoints().anyMatch(Words::isRefused)) {
      throw new MalformedException("C-008 text with control characters");
    }
  }

  /**
   * What a member typed or pasted, made fit: carriage returns become line feeds, other control
   * characters and halves of characters go. Fails with {@link MalformedException} when too much, or
   * nothing, is left.
   */
  public static Words clean(String typed) {
    StringBuilder kept = new StringBuilder(Math.min(typed.length(), CHARACTERS_MAX));
    typed
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(c -> !isRefused(c))
        .forEach(kept::appendCodePoint);
    return new Words(kept.toString());
  }

  /** C0 and C1 controls and DEL, which terminals obey, and halves of characters. */
  static boolean isRefused(int c) {
    return (c < 0x20 && c != '\n' && c != '\t')
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0xd800 && c <= 0xdfff);
  }

  /** Tells the length alone, so that no content reaches a log by accident. */
  @Override
  public String toString() {
    return "Words[" + text.length() + "]";
  }
}
