package dev.zamok.app.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConvertCommandTest {
  private static final String CSV =
      "name,url,username,password\nmail,https://m.example.org,alice,hunter2\nbell,,,a\u0007\n";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private String failure = "";
  private Path csv;
  private Path password;

  @BeforeEach
  void files() throws IOException {
    csv = Files.writeString(directory.resolve("chrome.csv"), CSV);
    password = Files.writeString(directory.resolve("password"), "Großer Schlüssel\n");
  }

  @Test
  void aFileIsSealedAndReadAgain() throws IOException {
    Path sealed = directory.resolve("safe.zamok");
    assertThat(run(csv.toString(), "--sealed", sealed.toString())).isZero();
    assertThat(out.toString())
        .contains("taken: 2", "not taken, of bell: a password with control characters")
        .doesNotContain("hunter2");
    assertThat(Files.readString(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
        .isEqualTo("rw-------");
    Path json = directory.resolve("bitwarden.json");
    assertThat(run(sealed.toString(), "--bitwarden", json.toString(), "--json")).isZero();
    assertThat(out.toString())
        .contains("{\"format\":\"sealed\",\"taken\":2,\"omitted\":[],\"unwritten\":[]}");
    assertThat(Files.readString(json)).contains("\"password\":\"hunter2\"");
  }

  @Test
  void reportNamesSecretsAndShowsNone() throws IOException {
    Files.writeString(csv, "name,password\none,hunter2\ntwo\u001b,hunter2\n");
    assertThat(run(csv.toString(), "--report")).isZero();
    assertThat(out.toString())
        .contains("very weak: one", "the same: one, two", "of unknown age: 2")
        .doesNotContain("hunter2", "\u001b");
  }

  @Test
  void nothingIsReplaced() throws IOException {
    assertThat(run(csv.toString(), "--sealed", csv.toString())).isEqualTo(1);
    assertThat(failure).contains("is there already");
    assertThat(Files.readString(csv)).isEqualTo(CSV);
  }

  @Test
  void brokenFileIsToldAndNotQuoted() throws IOException {
    Files.writeString(csv, "{\"items\":[{\"name\":hunter2}]}");
    assertThat(run(csv.toString())).isEqualTo(1);
    assertThat(failure).contains("not well-formed JSON at line 1").doesNotContain("hunter2");
    assertThat(run(directory.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(failure).contains("cannot be read");
  }

  @Test
  void withoutATerminalThePasswordComesFromAFile() {
    Path sealed = directory.resolve("safe.zamok");
    ConvertCommand command = new ConvertCommand(new SecretFiles(Map.of(), null));
    assertThat(run(command, csv.toString(), "--sealed", sealed.toString())).isEqualTo(1);
    assertThat(failure).contains("ZAMOK_SEAL_PASSWORD_FILE");
    assertThat(sealed).doesNotExist();
  }

  private int run(String... arguments) {
    Map<String, String> environment =
        Map.of(
            "ZAMOK_SEAL_PASSWORD_FILE", password.toString(),
            "ZAMOK_FILE_PASSWORD_FILE", password.toString());
    return run(new ConvertCommand(new SecretFiles(environment, null)), arguments);
  }

  private int run(ConvertCommand command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setExecutionExceptionHandler(
            (thrown, line, parsed) -> {
              failure = ((UserError) thrown).getMessage();
              return 1;
            })
        .execute(arguments);
  }
}
