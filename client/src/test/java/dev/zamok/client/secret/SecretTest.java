package dev.zamok.client.secret;

import static dev.zamok.client.secret.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.content.Extra;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void everySampleComesBackAsItWas() {
    Samples.all()
        .forEach(
            (name, secret) ->
                assertThat(SecretCodec.decode(SecretCodec.encode(secret)))
                    .as(name)
                    .isEqualTo(secret));
  }

  @Test
  void editingKeepsWhatThisVersionDoesNotKnow() {
    Secret later = Samples.all().get("what a later version adds");
    Secret edited = later.edit().login("bob").done();
    assertThat(edited.extra()).isEqualTo(later.extra());
    assertThat(edited.fields()).isEqualTo(later.fields());
    assertThat(SecretCodec.decode(SecretCodec.encode(edited))).isEqualTo(edited);
  }

  @Test
  void passwordsOfDifferentLengthGiveBodiesOfOneSize() {
    byte[] one = SecretCodec.encode(Secret.named("a").password(text("x")).done());
    byte[] two = SecretCodec.encode(Secret.named("a").password(text("x".repeat(64))).done());
    assertThat(one).hasSameSizeAs(two);
  }

  @Test
  void timeOfThePasswordFollowsThePasswordAlone() {
    Instant now = Samples.TIME.plusNanos(1);
    Secret secret = Secret.named("a").newPassword(text("one"), now).done();
    assertThat(secret.credentials().passwordTime()).contains(Samples.TIME);
    Secret same = secret.edit().login("b").newPassword(text("one"), now.plusSeconds(9)).done();
    assertThat(same.credentials().passwordTime()).contains(Samples.TIME);
    Secret other = secret.edit().newPassword(text("two"), now.plusSeconds(9)).done();
    assertThat(other.credentials().passwordTime()).contains(Samples.TIME.plusSeconds(9));
  }

  @Test
  void timeThatNoNumberHoldsIsRefused() {
    for (Instant time : List.of(Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))) {
      assertThatThrownBy(() -> Secret.named("a").passwordTime(Optional.of(time)).done())
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("S-010");
    }
  }

  @Test
  void extraMembersDoNotHideKnownOnes() {
    Secret plain = Secret.named("a").done();
    Secret twice =
        new Secret(
            plain.label(),
            plain.credentials(),
            plain.notes(),
            List.of(),
            List.of(),
            new Extra(Map.of("password", "other")));
    assertThatThrownBy(() -> SecretCodec.encode(twice)).hasMessageStartingWith("S-006");
  }

  @Test
  void cleanedTextPassesTheRules() {
    assertThat(SecretRules.cleanLines("a\r\nb\rc\u0007\u001b[2J\ud800")).isEqualTo("a\nb\nc[2J");
    assertThat(SecretRules.cleanLine(" a\r\n\tb\u0000 ")).isEqualTo("a b");
  }
}
