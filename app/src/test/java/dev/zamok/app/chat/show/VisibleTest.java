package dev.zamok.app.chat.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @Test
  void terminalEscapeInjectionIsMadeVisible() {
    assertThat(Visible.line("\u001b]0;owned\u0007\u001b[2Jhi\u009b31m\u007f\b"))
        .isEqualTo("\\u{1B}]0;owned\\u{7}\\u{1B}[2Jhi\\u{9B}31m\\u{7F}\\u{8}");
    assertThat(Visible.lines("a\u001b[1Ab", "  ")).isEqualTo("a\\u{1B}[1Ab");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F,
        0x061C, 0x2028, 0x2029, 0x200B, 0x2060, 0xFEFF, 0x00AD, 0xE0041, 0xE000
      })
  void bidiOverridesAndInvisibleCharactersAreMadeVisible(int c) {
    String text = "a" + Character.toString(c) + "b";
    String expected = "a\\u{" + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT) + "}b";
    assertThat(Visible.lines(text, "")).isEqualTo(expected);
    assertThat(Visible.line(text)).isEqualTo(expected);
  }

  @Test
  void noLineOfAMessageCanPassForALineOfOurs() {
    assertThat(Visible.lines("hi\n12:00 ada: I quit", "    | "))
        .isEqualTo("hi\n    | 12:00 ada: I quit");
    assertThat(Visible.lines("hi\r12:00 ada: I quit", "    | ")).contains("\\u{D}");
    assertThat(Visible.line("ada\n12:00 brian")).isEqualTo("ada\\u{A}12:00 brian");
  }

  @Test
  void marksThatPaintOverOtherLinesAreCutShort() {
    assertThat(Visible.line("e\u0301")).isEqualTo("e\u0301");
    assertThat(Visible.line("e" + "\u0301".repeat(6)))
        .isEqualTo("e" + "\u0301".repeat(4) + "\\u{301}\\u{301}");
  }

  @Test
  void ordinaryTextOfAllScriptsStaysAsItIs() {
    String text = "Grüße, привет, שלום, سلام, 你好, 👩\u200d💻 é ñ";
    assertThat(Visible.lines(text, "")).isEqualTo(text);
  }

  @Test
  void halvesOfCharactersAreMadeVisible() {
    assertThat(Visible.line("a\ud800b")).isEqualTo("a\\u{D800}b");
  }
}
