package dev.zamok.secrets.strength;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.SeededRandom;
import dev.zamok.secrets.generate.Generator;
import dev.zamok.secrets.generate.PassphraseRecipe;
import dev.zamok.secrets.generate.PasswordRecipe;
import org.junit.jupiter.api.Test;

class StrengthMeterTest {
  private final StrengthMeter meter = new StrengthMeter();

  @Test
  void whatEverybodyTakesIsVeryWeak() {
    for (String bad : new String[] {"", "password", "qwertyuiop", "P@ssw0rd", "20250101"}) {
      assertThat(grade(bad)).as(bad).isEqualTo(Strength.Grade.VERY_WEAK);
    }
  }

  @Test
  void whatIsGeneratedIsExcellent() {
    Generator generator = new Generator(new SeededRandom(2));
    for (int i = 0; i < 10; i++) {
      assertThat(meter.of(generator.password(PasswordRecipe.DEFAULT)).grade())
          .isEqualTo(Strength.Grade.EXCELLENT);
    }
    Strength phrase = meter.of(generator.passphrase(PassphraseRecipe.DEFAULT));
    assertThat(phrase.grade()).isGreaterThanOrEqualTo(Strength.Grade.GOOD);
    // The meter knows the list: it does not take a passphrase for random letters.
    assertThat(phrase.bits()).isLessThan(110);
  }

  @Test
  void whatIsLongIsJudgedByItsBeginning() {
    assertThat(grade("a".repeat(10_000))).isLessThan(Strength.Grade.GOOD);
  }

  @Test
  void gradesGoUpWithBits() {
    assertThat(new Strength(0).grade()).isEqualTo(Strength.Grade.VERY_WEAK);
    assertThat(new Strength(20).grade()).isEqualTo(Strength.Grade.WEAK);
    assertThat(new Strength(40).grade()).isEqualTo(Strength.Grade.FAIR);
    assertThat(new Strength(56).grade()).isEqualTo(Strength.Grade.GOOD);
    assertThat(new Strength(75).grade()).isEqualTo(Strength.Grade.EXCELLENT);
  }

  private Strength.Grade grade(String password) {
    return meter.of(SecretText.of(password)).grade();
  }
}
