package dev.zamok.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.MalformedException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HumanCodeTest {
  @Provide
  Arbitrary<byte[]> codes() {
    return Arbitraries.bytes().array(byte[].class).ofSize(HumanCode.SIZE);
  }

  @Property(tries = 200)
  void everyCodeComesBackFromItsText(@ForAll("codes") byte[] raw) {
    SecretBytes code = SecretBytes.wrap(raw);
    String text = HumanCode.toText(code);
    assertThat(text).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
    assertThat(HumanCode.parse(text)).isEqualTo(code);
    assertThat(HumanCode.parse(text.toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
        .isEqualTo(code);
  }

  /** Twelve bits of check let one error in 4,096 pass; it then fails to unlock anything. */
  @Test
  void typingErrorsAreNoticedAlmostAlways() {
    SeededRandom random = new SeededRandom("typing");
    int unnoticed = 0;
    for (int n = 0; n < 100; n++) {
      String text = HumanCode.toText(HumanCode.generate(random));
      int at = n % 4 + 5 * (n % 7);
      char other = text.charAt(at) == 'X' ? 'Y' : 'X';
      try {
        HumanCode.parse(text.substring(0, at) + other + text.substring(at + 1));
        unnoticed++;
      } catch (MalformedException e) {
        assertThat(e).hasMessage("not a code");
      }
    }
    assertThat(unnoticed).isLessThanOrEqualTo(1);
  }

  @Test
  void lettersThatLookLikeDigitsAreTakenAsDigits() {
    SecretBytes zeros = SecretBytes.wrap(new byte[HumanCode.SIZE]);
    String text = HumanCode.toText(zeros);
    assertThat(HumanCode.parse(text.replace('0', 'o').replace('1', 'l'))).isEqualTo(zeros);
  }

  @Test
  void textOfAnotherLengthIsRefused() {
    String text = HumanCode.toText(HumanCode.generate(new SeededRandom("length")));
    assertThatThrownBy(() -> HumanCode.parse(text.substring(1)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HumanCode.parse(text + "0")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HumanCode.parse("")).isInstanceOf(MalformedException.class);
  }
}
