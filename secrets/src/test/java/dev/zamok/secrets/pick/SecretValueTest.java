package dev.zamok.secrets.pick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.client.secret.Field;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.protocol.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretValueTest {
  private static final Secret SECRET =
      Secret.named("a")
          .login("alice")
          .password(SecretText.of("p"))
          .urls(List.of("u1", "u2"))
          .totp(SecretText.of("otpauth://totp/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
          .add(Field.hidden("PIN", "0000"))
          .add(Field.shown("password", "field"))
          .add(Field.shown("twice", "1"))
          .add(Field.shown("twice", "2"))
          .done();

  @Test
  void valuesHaveNames() {
    assertThat(value("login")).contains("alice");
    assertThat(value("password")).contains("p");
    assertThat(value("url")).contains("u1");
    assertThat(value("totp")).contains("287082");
    assertThat(value("otpauth").orElseThrow()).startsWith("otpauth://");
    assertThat(value("PIN")).contains("0000");
    assertThat(value("field:password")).contains("field");
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(value("notes")).isEmpty();
    assertThat(value("pin")).isEmpty();
    assertThat(value("field:login")).isEmpty();
  }

  @Test
  void nameOfSeveralFieldsIsRefused() {
    assertThatThrownBy(() -> value("twice")).isInstanceOf(MalformedException.class);
  }

  private static Optional<String> value(String name) {
    return SecretValue.of(SECRET, name, Instant.ofEpochSecond(59)).map(SecretText::reveal);
  }
}
