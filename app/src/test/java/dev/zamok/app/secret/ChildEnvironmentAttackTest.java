package dev.zamok.app.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.client.secret.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildEnvironmentAttackTest {
  @TempDir private Path directory;

  @Test
  void theSecretIsInTheEnvironmentOfTheChildAlone() throws IOException {
    Path out = directory.resolve("out");
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            "printf %s \"$TOKEN\" > \"$0\"; cat /proc/$$/cmdline > \"$0.line\"; exit 7",
            out.toString());
    int code = ChildEnvironment.run(command, Map.of("TOKEN", SecretText.of("zwölf $(x) \n")));
    assertThat(code).isEqualTo(7);
    assertThat(Files.readString(out)).isEqualTo("zwölf $(x) \n");
    assertThat(System.getenv("TOKEN")).isNull();
    assertThat(Files.readString(directory.resolve("out.line")))
        .contains("exit 7")
        .doesNotContain("zwölf");
  }

  @Test
  void valueThatEndsEarlyIsRefused() {
    assertThatThrownBy(
            () ->
                ChildEnvironment.run(
                    List.of("/bin/true"), Map.of("TOKEN", SecretText.of("hunter\0two"))))
        .isInstanceOf(UserError.class)
        .hasMessageNotContaining("hunter");
  }

  @Test
  void commandThatIsNotThereIsTold() {
    assertThatThrownBy(
            () ->
                ChildEnvironment.run(
                    List.of("/nowhere/at/all"), Map.of("TOKEN", SecretText.of("hunter"))))
        .isInstanceOf(UserError.class)
        .hasMessage("cannot start /nowhere/at/all");
  }

  @Test
  void optionsNameSecretsAndNeverHoldThem() {
    assertThat(
            ChildEnvironment.parse(
                List.of("TOKEN=Work/Mail server#api key", "_P2=Work/a/b", "X=s/i#1#2")))
        .containsExactly(
            Map.entry("TOKEN", new SecretReference("Work", "Mail server", "api key")),
            Map.entry("_P2", new SecretReference("Work", "a/b", "password")),
            Map.entry("X", new SecretReference("s", "i#1", "2")));
    for (String wrong :
        new String[] {
          "TOKEN", "=a/b", "1A=a/b", "A B=a/b", "A=", "A=b", "A=/b", "A=a/", "A=a/b#", "A=a/#b"
        }) {
      assertThatThrownBy(() -> ChildEnvironment.parse(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(UserError.class);
    }
    assertThatThrownBy(() -> ChildEnvironment.parse(List.of("A=a/b", "A=a/c")))
        .hasMessageContaining("twice");
  }

  @Test
  void passwordsAndCodesOfOursDoNotReachTheChild() {
    Map<String, String> environment = new HashMap<>();
    for (String name :
        List.of(
            "PASSWORD",
            "MASTER_PASSWORD",
            "NEW_PASSWORD",
            "NEW_MASTER_PASSWORD",
            "FILE_PASSWORD",
            "SEAL_PASSWORD",
            "RECOVERY_CODE",
            "CODE")) {
      environment.put("ZAMOK_" + name, "hunter");
      environment.put("ZAMOK_" + name + "_FILE", "/home/ada/hunter");
    }
    environment.putAll(
        Map.of("PATH", "/bin", "PASSWORD", "theirs", "ZAMOK_JAVA_OPTIONS", "-Xmx1g"));
    ChildEnvironment.withoutOurs(environment);
    assertThat(environment).containsOnlyKeys("PATH", "PASSWORD", "ZAMOK_JAVA_OPTIONS");
  }
}
