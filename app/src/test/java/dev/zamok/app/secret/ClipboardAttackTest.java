package dev.zamok.app.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipboardAttackTest {
  private static final SecretText SECRET = SecretText.of("zwölf Boxkämpfer");

  @TempDir private Path directory;

  @Test
  void theSecretIsInNoArgument() {
    FakeDesktop desktop = new FakeDesktop(directory);
    desktop.clipboard().copy(SECRET);
    assertThat(desktop.holds()).isEqualTo(SECRET.reveal());
    assertThat(desktop.clipboard().clearIfStill(SECRET)).isTrue();
    assertThat(desktop.arguments()).isNotEmpty().doesNotContain("Box");
  }

  @Test
  void theSecretIsGoneAfterItsTime() {
    FakeDesktop desktop = new FakeDesktop(directory);
    List<Duration> waited = new ArrayList<>();
    ClipboardLoan.of(desktop.clipboard(), SECRET)
        .keepFor(
            ClipboardLoan.DEFAULT,
            time -> {
              assertThat(desktop.holds()).isEqualTo(SECRET.reveal());
              waited.add(time);
            });
    assertThat(waited).containsExactly(Duration.ofSeconds(30));
    assertThat(desktop.holds()).isEmpty();
  }

  @Test
  void whatTheUserCopiedSinceStays() {
    FakeDesktop desktop = new FakeDesktop(directory);
    ClipboardLoan loan = ClipboardLoan.of(desktop.clipboard(), SECRET);
    desktop.copiedByTheUser("mine");
    loan.close();
    assertThat(desktop.holds()).isEqualTo("mine");
  }

  @Test
  void interruptionClearsToo() {
    FakeDesktop desktop = new FakeDesktop(directory);
    ClipboardLoan.of(desktop.clipboard(), SECRET)
        .keepFor(
            ClipboardLoan.DEFAULT,
            time -> {
              throw new InterruptedException();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(desktop.holds()).isEmpty();
  }

  @Test
  void aProgramInTheWorkingDirectoryGetsNothing() {
    for (String path : new String[] {"", ".", "bin:./bin", directory + "/nowhere"}) {
      assertThat(Clipboard.find(Map.of("PATH", path, "DISPLAY", ":0"))).isEmpty();
    }
  }

  @Test
  void aProgramThatFailsIsTold() {
    FakeDesktop desktop = new FakeDesktop(directory);
    desktop.program("xclip", "#!/bin/sh\ncat > /dev/null\nexit 1\n");
    assertThatThrownBy(() -> desktop.clipboard().copy(SECRET))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("clipboard")
        .hasMessageNotContaining("Box");
  }

  @Test
  void withoutADesktopThereIsNoClipboard() {
    FakeDesktop desktop = new FakeDesktop(directory);
    assertThat(Clipboard.find(Map.of("PATH", desktop.environment().get("PATH")))).isEmpty();
  }
}
