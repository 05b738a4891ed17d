package dev.zamok.crypto.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.SeededRandom;
import dev.zamok.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
  private static final KdfParams CHEAP = new KdfParams.Argon2id(19 * 1024, 2, 1);
  private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final PasswordHasher hasher = new PasswordHasher(CHEAP, new SeededRandom("salt"));

  @Test
  void hashVerifiesItsPasswordAlone() {
    String phc = hasher.hash(Password.of("correct horse"));
    assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hasher.verify(Password.of("correct horse"), phc)).isTrue();
    assertThat(hasher.verify(Password.of("correct horsf"), phc)).isFalse();
    assertThat(hasher.needsRehash(phc)).isFalse();
  }

  @Test
  void samePasswordNeverHashesTheSame() {
    Password password = Password.of("same");
    assertThat(hasher.hash(password)).isNotEqualTo(hasher.hash(password));
  }

  @Test
  void pbkdf2IsSelectableAndStillVerifiedAfterASwitch() {
    PasswordHasher pbkdf2 =
        new PasswordHasher(new KdfParams.Pbkdf2(600_000), new SeededRandom("salt"));
    String phc = pbkdf2.hash(Password.of("пароль"));
    assertThat(phc).startsWith("$pbkdf2-sha512$i=600000$");
    assertThat(hasher.verify(Password.of("пароль"), phc)).isTrue();
    assertThat(hasher.verify(Password.of("парол"), phc)).isFalse();
    assertThat(hasher.needsRehash(phc)).isTrue();
  }

  @Test
  void weakerHashesAskForRehashingAndStrongerOnesDoNot() {
    PasswordHasher strong = new PasswordHasher(KdfParams.DEFAULT, new SeededRandom("salt"));
    assertThat(strong.needsRehash("$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + HASH)).isTrue();
    assertThat(strong.needsRehash("$argon2id$v=19$m=65536,t=2,p=1$" + SALT + "$" + HASH)).isTrue();
    assertThat(strong.needsRehash("$argon2id$v=19$m=131072,t=3,p=1$" + SALT + "$" + HASH))
        .isFalse();
  }

  @Test
  void samePasswordTypedInAnotherUnicodeFormIsTheSame() {
    String phc = hasher.hash(Password.of("\u00e9\ufb01"));
    assertThat(hasher.verify(Password.of("e\u0301fi"), phc)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "argon2id",
        "$argon2id$v=19$m=19455,t=2,p=1$S$H",
        "$argon2id$v=19$m=19456,t=1,p=1$S$H",
        "$argon2id$v=19$m=19456,t=11,p=1$S$H",
        "$argon2id$v=19$m=19456,t=2,p=5$S$H",
        "$argon2id$v=19$m=262145,t=2,p=1$S$H",
        "$argon2id$v=16$m=19456,t=2,p=1$S$H",
        "$argon2i$v=19$m=19456,t=2,p=1$S$H",
        "$argon2id$v=19$m=019456,t=2,p=1$S$H",
        "$argon2id$v=19$m=+19456,t=2,p=1$S$H",
        "$argon2id$v=19$t=2,m=19456,p=1$S$H",
        "$argon2id$v=19$m=19456,t=2,p=1,x=1$S$H",
        "$argon2id$v=19$m=19456,t=2,p=1$S$H$",
        "$argon2id$v=19$m=19456,t=2,p=1$S=$H",
        "$argon2id$v=19$m=99999999999,t=2,p=1$S$H",
        "$pbkdf2-sha512$i=599999$S$H",
        "$pbkdf2-sha512$i=10000001$S$H",
        "$pbkdf2-sha256$i=600000$S$H",
        "x$pbkdf2-sha512$i=600000$S$H",
      })
  void stringsThatAreNotCanonicalOrOutOfBoundsAreRefused(String template) {
    String text = template.replace("S", SALT).replace("H", HASH);
    assertThatThrownBy(() -> Phc.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void saltOrHashOfAnotherSizeOrWithStrayBitsIsRefused() {
    String head = "$pbkdf2-sha512$i=600000$";
    assertThat(Phc.parse(head + SALT + "$" + HASH).text()).isEqualTo(head + SALT + "$" + HASH);
    assertThat(Phc.parse(head + SALT).hash()).isNull();
    for (String tail : new String[] {"AAAA", SALT + "$AAAA", SALT.replaceFirst(".$", "B")}) {
      assertThatThrownBy(() -> Phc.parse(head + tail)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void recipeWithoutAHashVerifiesNothing() {
    assertThatThrownBy(() -> hasher.verify(Password.of("x"), CHEAP.phc() + "$" + SALT))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void emptyOverlongAndBrokenPasswordsAreRefusedWithoutShowingThem() {
    assertThatThrownBy(() -> Password.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Password.of("я".repeat(513)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("я");
    assertThatThrownBy(() -> Password.of("\ud800secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
    Password.of("a".repeat(Password.BYTES_MAX)).destroy();
  }
}
