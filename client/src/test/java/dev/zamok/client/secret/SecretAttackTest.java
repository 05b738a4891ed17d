package dev.zamok.client.secret;

import static dev.zamok.client.secret.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zamok.protocol.content.Extra;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretAttackTest {
  private static final String MARK = "hunter2hunter2";

  @Test
  void nothingOfASecretShowsInText() {
    Secret secret =
        Secret.named(MARK)
            .login(MARK)
            .password(text(MARK))
            .totp(text("otpauth://" + MARK))
            .urls(List.of(MARK))
            .tags(List.of(MARK))
            .notes(text(MARK))
            .add(Field.shown(MARK, MARK))
            .add(Field.hidden(MARK, MARK))
            .add(
                new Attachment(
                    new dev.zamok.protocol.ItemId(1, 2), MARK, new Extra(Map.of("a", MARK))))
            .done();
    List<Object> parts =
        List.of(
            secret,
            secret.edit(),
            secret.label(),
            secret.credentials(),
            secret.credentials().password(),
            secret.notes(),
            secret.fields(),
            secret.attachments());
    for (Object part : parts) {
      assertThat(part.toString()).doesNotContain(MARK);
    }
    assertThat(text("abcd").toString()).isEqualTo(text("").toString());
  }

  @Test
  void aDamagedBodyIsQuotedInNoException() {
    byte[] body = SecretCodec.encode(Secret.named(MARK).password(text(MARK)).done());
    for (int at = 0; at < body.length; at++) {
      for (byte value : new byte[] {0, '"', '{', '\\', (byte) 0xff}) {
        byte[] damaged = body.clone();
        damaged[at] = value;
        Throwable thrown = catchThrowable(() -> SecretCodec.decode(damaged));
        if (thrown != null) {
          StringWriter all = new StringWriter();
          thrown.printStackTrace(new PrintWriter(all));
          assertThat(all.toString()).doesNotContain("hunter");
        }
      }
    }
  }

  @Test
  void noBodyHasTwoSpellings() {
    byte[] body = SecretCodec.encode(Samples.everything());
    for (int bit = 0; bit < body.length * 8; bit++) {
      byte[] changed = body.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Throwable thrown =
          catchThrowable(
              () -> assertThat(SecretCodec.decode(changed)).isNotEqualTo(Samples.everything()));
      if (thrown != null) {
        assertThat(thrown.getMessage()).startsWith("S-0");
      }
    }
  }

  @Test
  void nestingWithoutEndEndsAtTheLimit() {
    String deep = "{\"type\":\"login\",\"name\":\"a\",\"x\":" + "[".repeat(200_000);
    Throwable thrown = catchThrowable(() -> SecretCodec.decode(SecretVectorsTest.padded(deep)));
    assertThat(thrown).hasMessageStartingWith("S-002");
    String other = "{".repeat(300_000);
    byte[] body = SecretVectorsTest.padded(other);
    assertThat(new String(body, StandardCharsets.UTF_8)).startsWith("{{");
    assertThat(catchThrowable(() -> SecretCodec.decode(body))).hasMessageStartingWith("S-002");
  }
}
