package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A safe goes into a sealed file, and from there into another account's. */
class SealedExportTest {
  private static final String SECRET = "correct horse battery staple";

  @TempDir Path directory;

  private static Commands safe(
      CommandBed bed, String login, Map<String, String> more, String... arguments) {
    Map<String, String> environment = new HashMap<>(Commands.passwords(login));
    environment.putAll(more);
    return bed.run(SafeCommands.commandLine(environment, Asker.nobody()), login, arguments);
  }

  /** What is said of a secret, but for where and when it was written. */
  private static JsonNode content(CommandBed bed, String login, String safe) throws Exception {
    String line = bed.safe(login, "get", safe, "db/prod", "--json").line();
    ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(line);
    return whole.remove(List.of("id", "version", "time", "author", "by", "at", "modified"));
  }

  @Test
  void whatIsExportedSealedIsImportedWithoutLossAndOpensByThePasswordAlone() throws Exception {
    try (CommandBed bed = new CommandBed(directory)) {
      bed.register("ada", "brian");
      bed.safe("ada", "create", "servers").ok();
      Path notes = Files.writeString(bed.file("notes"), "two\nlines\n");
      bed.safeWith(
              SECRET + "\n",
              "ada",
              "put",
              "servers",
              "db/prod",
              "--user",
              "root",
              "--password-file",
              "-",
              "--url",
              "https://db.example",
              "--tag",
              "eu",
              "--notes-file",
              notes.toString(),
              "--set",
              "port=5432")
          .ok();
      Path right = Files.writeString(bed.file("right"), "the password of the file");
      Path wrong = Files.writeString(bed.file("wrong"), "another password");
      Path sealed = bed.file("servers.sealed");
      safe(
              bed,
              "ada",
              Map.of("ZAMOK_SEAL_PASSWORD_FILE", right.toString()),
              "export",
              "servers",
              "--sealed",
              sealed.toString())
          .ok();
      assertThat(Files.readString(sealed, StandardCharsets.ISO_8859_1))
          .doesNotContain(SECRET, "root", "db.example", "two\nlines", "5432", "prod");

      bed.safe("brian", "create", "taken").ok();
      String variable = "ZAMOK_FILE_PASSWORD_FILE";
      Commands refused =
          safe(
              bed,
              "brian",
              Map.of(variable, wrong.toString()),
              "import",
              "taken",
              sealed.toString());
      assertThat(refused.code()).isNotZero();
      assertThat(bed.safe("brian", "list", "taken").line()).isEmpty();
      safe(bed, "brian", Map.of(variable, right.toString()), "import", "taken", sealed.toString())
          .ok();

      JsonNode there = content(bed, "brian", "taken");
      assertThat(there.path("password").asText()).isEqualTo(SECRET);
      assertThat(there.path("login").asText()).isEqualTo("root");
      assertThat(there).isEqualTo(content(bed, "ada", "servers"));
    }
  }
}
