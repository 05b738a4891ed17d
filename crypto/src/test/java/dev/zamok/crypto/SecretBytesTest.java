package dev.zamok.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretBytesTest {
  @Test
  void destroyedSecretIsZeroedAndRefusesEveryUse() {
    byte[] array = {1, 2, 3};
    SecretBytes secret = SecretBytes.wrap(array);
    secret.destroy();
    assertThat(array).containsOnly(0);
    assertThat(secret.isDestroyed()).isTrue();
    assertThatThrownBy(secret::toByteArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.equals(SecretBytes.wrap(new byte[3])))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.slice(0, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> SecretBytes.join(secret, secret))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void secretsAreEqualByContentAndTheirHashTellsNothingButTheSize() {
    SecretBytes one = SecretBytes.wrap(new byte[] {1, 2, 3});
    SecretBytes other = SecretBytes.wrap(new byte[] {4, 5, 6});
    assertThat(one).isEqualTo(SecretBytes.wrap(new byte[] {1, 2, 3})).isNotEqualTo(other);
    assertThat(one).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(SecretBytes.wrap(new byte[] {1, 2}));
  }

  @Test
  void copiesDoNotShareTheirBytes() {
    byte[] array = {1, 2, 3};
    SecretBytes copy = SecretBytes.copyOf(array);
    array[0] = 9;
    byte[] out = copy.toByteArray();
    out[1] = 9;
    assertThat(copy.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void joiningAndSlicingAreInverse() {
    SecretBytes joined =
        SecretBytes.join(SecretBytes.wrap(new byte[] {1}), SecretBytes.wrap(new byte[] {2, 3}));
    assertThat(joined.slice(0, 1)).isEqualTo(SecretBytes.wrap(new byte[] {1}));
    assertThat(joined.slice(1, 3)).isEqualTo(SecretBytes.wrap(new byte[] {2, 3}));
  }

  @Test
  void wrongSizeIsRefusedWithoutShowingTheBytes() {
    assertThatThrownBy(() -> SecretBytes.wrap(new byte[] {77, 78}).requireSize(32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret of 2 bytes instead of 32");
  }
}
