package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that runs with secrets, in real processes: what others see of them in {@code /proc}.
 */
class RunAttackTest {
  private static final String SECRET = "correct horse battery staple";

  /** The child tells what everybody may see of it and of the process that started it. */
  private static final String LOOKS =
      "cat /proc/$$/cmdline > child.cmdline; cat /proc/$$/environ > child.environ;"
          + " cat /proc/$PPID/cmdline > run.cmdline; cat /proc/$PPID/environ > run.environ;"
          + " exit 7";

  private static CommandBed bed;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    bed.register("ada");
    bed.safe("ada", "create", "servers").ok();
    bed.safeWith(SECRET + "\n", "ada", "put", "servers", "prod", "--password-file", "-").ok();
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  /** {@code zamok run} as a process of its own; yields where the child left what it saw. */
  private static Path run(String name, Map<String, String> environment) throws Exception {
    Path place = Files.createDirectories(bed.file(name));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.zamok.app.Main",
                "run"));
    command.addAll(
        Commands.options(
            bed.server().uri(), bed.server().fingerprint(), "ada", bed.file("profile of ada")));
    command.addAll(List.of("--env", "TOKEN=servers/prod#password", "--", "/bin/sh", "-c", LOOKS));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("output").toFile());
    builder.environment().keySet().removeIf(each -> each.startsWith("ZAMOK_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(Heard.SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(text(place, "output")).isEqualTo(7);
    return place;
  }

  private static String text(Path place, String name) throws IOException {
    return Files.readString(place.resolve(name), StandardCharsets.ISO_8859_1);
  }

  private static List<String> passwords() {
    return List.of(Person.password("ada"), Person.master("ada"));
  }

  @Test
  void neitherSecretNorPasswordIsInTheProcessListOrGivenOn() throws Exception {
    Path password = Files.writeString(bed.file("password"), Person.password("ada"));
    Path master = Files.writeString(bed.file("master"), Person.master("ada"));
    Path place =
        run(
            "by files",
            Map.of(
                "ZAMOK_PASSWORD_FILE",
                password.toString(),
                "ZAMOK_MASTER_PASSWORD_FILE",
                master.toString()));
    // The child has the secret, in its environment and nowhere else.
    assertThat(text(place, "child.environ")).contains("TOKEN=" + SECRET).doesNotContain("ZAMOK_");
    for (String file : List.of("child.cmdline", "run.cmdline", "run.environ", "output")) {
      assertThat(text(place, file)).as(file).doesNotContain(SECRET);
    }
    for (String file :
        List.of("child.cmdline", "child.environ", "run.cmdline", "run.environ", "output")) {
      assertThat(text(place, file)).as(file).doesNotContain(passwords());
    }
    assertThat(text(place, "run.cmdline")).contains("dev.zamok.app.Main", "servers/prod#password");
  }

  @Test
  void passwordsAndCodesInTheEnvironmentOfAScriptDoNotReachTheChild() throws Exception {
    Path place =
        run(
            "by environment",
            Map.of(
                "ZAMOK_PASSWORD", Person.password("ada"),
                "ZAMOK_MASTER_PASSWORD", Person.master("ada"),
                "ZAMOK_NEW_MASTER_PASSWORD", "the next of ada",
                "ZAMOK_FILE_PASSWORD_FILE", "/of/a/file",
                "ZAMOK_RECOVERY_CODE", "a code of recovery",
                "ZAMOK_RECOVERY_CODE_FILE", "/of/a/code",
                "ZAMOK_CODE", "a code of a link",
                "ZAMOK_CODE_FILE", "/of/another/code"));
    assertThat(text(place, "child.environ")).contains("TOKEN=" + SECRET);
    for (String file : List.of("child.cmdline", "child.environ", "run.cmdline", "output")) {
      assertThat(text(place, file))
          .as(file)
          .doesNotContain(passwords())
          .doesNotContain("the next of ada", "/of/a/file", "a code of recovery", "/of/a/code")
          .doesNotContain("a code of a link", "/of/another/code");
    }
  }
}
