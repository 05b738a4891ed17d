package dev.zamok.client.secret;

import dev.zamok.protocol.MalformedException;
import java.util.List;
import java.util.function.IntPredicate;

/** The checks that several members of a secret share; numbered as in {@code SECRET.md}. */
public final class SecretRules {
  private SecretRules() {}

  /** One line without control characters. */
  static void line(String what, String text, int min, int max) {
    length(what, text, min, max);
    if (text.codePoints().anyMatch(c -> isRefused(c) || c == '\n' || c == '\t')) {
      throw new MalformedException("S-008 " + what + " with control characters");
    }
  }

  /** Lines: no control characters but line feed and tab. */
  static void lines(String what, String text, int max) {
    length(what, text, 0, max);
    if (text.codePoints().anyMatch(SecretRules::isRefused)) {
      throw new MalformedException("S-008 " + what + " with control characters");
    }
  }

  static void count(String what, List<?> list, int max) {
    if (list.size() > max) {
      throw new MalformedException("S-009 " + list.size() + " " + what);
    }
  }

  /** As {@link #line}, and none of them twice. */
  static void distinct(String what, List<String> lines, int max, int charactersMax) {
    count(what, lines, max);
    lines.forEach(line -> line(what, line, 1, charactersMax));
    if (lines.stream().distinct().count() != lines.size()) {
      throw new MalformedException("S-009 " + what + " that are there twice");
    }
  }

  /**
   * What somebody typed, pasted or imported, made fit for a value of several lines: carriage
   * returns become line feeds, other control characters and halves of characters go.
   */
  public static String cleanLines(String typed) {
    return keep(typed.replace("\r\n", "\n").replace('\r', '\n'), c -> !isRefused(c));
  }

  /** As {@link #cleanLines}, for one line: what separates lines becomes a space. */
  public static String cleanLine(String typed) {
    return keep(typed.replaceAll("[\r\n\t]+", " "), c -> !isRefused(c)).strip();
  }

  private static String keep(String text, IntPredicate wanted) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(wanted).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static void length(String what, String text, int min, int max) {
    if (text.length() < min || text.length() > max) {
      throw new MalformedException("S-007 " + what + " of " + text.length() + " characters");
    }
  }

  /** C0 and C1 controls and DEL, which terminals obey, and halves of characters. */
  private static boolean isRefused(int c) {
    return (c < 0x20 && c != '\n' && c != '\t')
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0xd800 && c <= 0xdfff);
  }
}
