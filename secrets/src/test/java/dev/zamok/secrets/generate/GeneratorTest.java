package dev.zamok.secrets.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zamok.secrets.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private final Generator generator = new Generator(new SeededRandom(1));

  @Test
  void everyPasswordHasEveryClassAndNothingElse() {
    PasswordRecipe recipe = new PasswordRecipe(8, EnumSet.allOf(Characters.class), false);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      String password = generator.password(recipe).reveal();
      assertThat(password).hasSize(8);
      assertThat(recipe.fits(password)).isTrue();
      assertThat(password.chars()).allMatch(c -> recipe.alphabet().indexOf(c) >= 0);
      seen.add(password);
    }
    assertThat(seen).hasSize(2_000);
  }

  @Test
  void lookAlikesComeOnRequestAlone() {
    assertThat(PasswordRecipe.DEFAULT.alphabet()).doesNotContainPattern("[lI1|O0o]");
    PasswordRecipe all = new PasswordRecipe(20, EnumSet.allOf(Characters.class), true);
    assertThat(all.alphabet()).contains("l", "I", "1", "|", "O", "0", "o");
    assertThat(all.alphabet().chars().distinct().count()).isEqualTo(all.alphabet().length());
  }

  @Test
  void noCharacterIsLikelierThanAnother() {
    PasswordRecipe recipe = new PasswordRecipe(100, EnumSet.of(Characters.DIGIT), true);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      generator.password(recipe).reveal().chars().forEach(c -> counts.merge(c, 1, Integer::sum));
    }
    // Chi squared with 9 degrees of freedom: 27.9 once in a thousand seeds.
    double chi =
        counts.values().stream().mapToDouble(n -> (n - 10_000.0) * (n - 10_000.0) / 10_000).sum();
    assertThat(counts).hasSize(10);
    assertThat(chi).isLessThan(27.9);
  }

  @Test
  void noPlaceOfAPasswordBelongsToAClass() {
    PasswordRecipe recipe = new PasswordRecipe(8, EnumSet.allOf(Characters.class), false);
    for (int place = 0; place < 8; place++) {
      int at = place;
      Set<Characters> seen = EnumSet.noneOf(Characters.class);
      IntStream.range(0, 200)
          .mapToObj(i -> generator.password(recipe).reveal().charAt(at))
          .forEach(
              c -> {
                for (Characters one : Characters.values()) {
                  if (one.of(false).indexOf(c) >= 0) {
                    seen.add(one);
                  }
                }
              });
      assertThat(seen).hasSize(4);
    }
  }

  @Test
  void bitsCountWhatCanComeOut() {
    // 10^8 codes of digits; two classes of 8 places: 36^8 - 26^8 - 10^8.
    assertThat(new PasswordRecipe(8, EnumSet.of(Characters.DIGIT), true).bits()).isEqualTo(26);
    PasswordRecipe two =
        new PasswordRecipe(8, EnumSet.of(Characters.DIGIT, Characters.LOWER), true);
    assertThat(two.bits())
        .isEqualTo((int) (Math.log(Math.pow(36, 8) - Math.pow(26, 8) - 1e8) / Math.log(2)));
    assertThat(PasswordRecipe.DEFAULT.bits()).isBetween(128, 136);
    assertThat(PassphraseRecipe.DEFAULT.bits()).isEqualTo(77);
  }

  @Test
  void passphrasesAreWordsOfTheList() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String phrase = generator.passphrase(new PassphraseRecipe(10, " ", false)).reveal();
      String[] words = phrase.split(" ");
      assertThat(words).hasSize(10);
      assertThat(WordList.words()).contains(words);
      seen.addAll(Set.of(words[0], words[9].isEmpty() ? "x" : words[9] + " "));
    }
    assertThat(seen.size()).isGreaterThan(900);
    assertThat(generator.passphrase(new PassphraseRecipe(3, "", true)).reveal())
        .matches("[A-Z][a-z-]+[A-Z][a-z-]+[A-Z][a-z-]+");
  }

  @Test
  void wordListIsTheOneThatWasLookedAt() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    WordList.words()
        .forEach(word -> digest.update((word + "\n").getBytes(StandardCharsets.US_ASCII)));
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("5095cf90d9b18d04d0fbbbfaf3a00e674c64ebc897b35dfe04157a00dc71874f");
    assertThat(WordList.words()).allMatch(word -> word.matches("[a-z-]{3,9}"));
  }

  @Test
  void recipesOutOfBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordRecipe(7, EnumSet.of(Characters.DIGIT), true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordRecipe(257, EnumSet.of(Characters.DIGIT), true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordRecipe(20, EnumSet.noneOf(Characters.class), true));
    assertThatIllegalArgumentException().isThrownBy(() -> new PassphraseRecipe(2, "-", true));
    assertThatIllegalArgumentException().isThrownBy(() -> new PassphraseRecipe(6, "\n", true));
  }
}
