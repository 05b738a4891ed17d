package dev.zamok.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretText;
import dev.zamok.secrets.strength.StrengthMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretReportTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String STRONG = "vR7-kz!uWq9#mTe4&xNp2";

  private final Secret weak = secret("weak", "letmein1", 10);
  private final Secret weaker = secret("weaker", "123456", 10);
  private final Secret twin = secret("twin", STRONG, 10);
  private final Secret other = secret("other", STRONG, 400);
  private final Secret oldest = secret("oldest", STRONG + "x", 4_000);
  private final Secret undated =
      Secret.named("undated").password(SecretText.of(STRONG + "y")).done();
  private final Secret note = Secret.named("note").type("note").done();

  private final SecretReport<Secret> report =
      SecretReport.of(
          List.of(note, weak, weaker, twin, other, oldest, undated),
          Function.identity(),
          new StrengthMeter(),
          NOW,
          Duration.ofDays(365));

  @Test
  void weakOnesComeWeakestFirst() {
    assertThat(report.weak()).extracting(SecretReport.Weak::what).containsExactly(weaker, weak);
  }

  @Test
  void reusedOnesComeInGroups() {
    assertThat(report.reused()).containsExactly(List.of(twin, other));
  }

  @Test
  void oldOnesComeOldestFirst() {
    assertThat(report.old()).extracting(SecretReport.Old::what).containsExactly(oldest, other);
    assertThat(report.old().get(1).age()).isEqualTo(Duration.ofDays(400));
    assertThat(report.undated()).containsExactly(undated);
  }

  @Test
  void noPasswordShows() {
    assertThat(report.toString()).isEqualTo("SecretReport[weak=2, reused=1, old=2, undated=1]");
    assertThat(report.weak().toString()).doesNotContain("123456");
  }

  private static Secret secret(String name, String password, int days) {
    return Secret.named(name)
        .password(SecretText.of(password))
        .passwordTime(Optional.of(NOW.minus(Duration.ofDays(days))))
        .done();
  }
}
