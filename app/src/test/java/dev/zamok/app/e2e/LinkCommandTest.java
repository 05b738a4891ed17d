package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zamok.app.safe.SafeCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links to single secrets, as people and scripts send, open and take them back. */
class LinkCommandTest {
  private static CommandBed bed;

  @BeforeAll
  static void serve(@TempDir Path place) {
    bed = new CommandBed(place);
    bed.register("ada", "brian");
    bed.run(
            SafeCommands.commandLine(Commands.passwords("brian"), new Typist("no")),
            "brian",
            "list")
        .ok();
    bed.safe("ada", "create", "servers").ok();
    bed.safe("ada", "put", "servers", "prod", "--user", "root").ok();
  }

  @AfterAll
  static void stop() {
    bed.close();
  }

  private static JsonNode sent(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("send", "servers", "prod", "--json"));
    all.addAll(List.of(options));
    return new ObjectMapper().readTree(bed.safe("ada", all.toArray(String[]::new)).line());
  }

  private static Commands receive(String input, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Commands.passwords("brian"));
    environment.putAll(more);
    return bed.run(
        SafeCommands.withInput(environment, new Typist(), input), "brian", "receive", "-");
  }

  @Test
  void theCodeOfALinkIsAskedForAtTheTerminal() throws Exception {
    JsonNode sent = sent("--code");
    Typist typist = new Typist(sent.path("code").asText());
    Commands received =
        bed.run(
            SafeCommands.withInput(
                Commands.passwords("brian"), typist, sent.path("link").asText() + "\nleft over"),
            "brian",
            "receive",
            "-");
    assertThat(received.ok().out()).contains("login: root");
    assertThat(typist.asked).containsExactly("code of the link");
  }

  @Test
  void aScriptHasTheCodeInAFileThatTheEnvironmentNames() throws Exception {
    JsonNode sent = sent("--code");
    Path code = bed.file("code");
    Files.writeString(code, sent.path("code").asText() + "\n");
    assertThat(
            receive(sent.path("link").asText(), Map.of("ZAMOK_CODE_FILE", code.toString()))
                .ok()
                .out())
        .contains("login: root");
  }

  @Test
  void withoutACodeNobodyIsAskedAndWithoutAnybodyToAskNothingIsBurned() throws Exception {
    assertThat(receive(sent().path("link").asText(), Map.of()).ok().out()).contains("root");
    JsonNode sent = sent("--code");
    Commands nobody = bed.safeWith(sent.path("link").asText(), "brian", "receive", "-");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("no code of the link: set ZAMOK_CODE_FILE");
    assertThat(
            receive(sent.path("link").asText(), Map.of("ZAMOK_CODE", sent.path("code").asText()))
                .ok()
                .out())
        .contains("root");
    assertThat(bed.safeWith("no link\n", "brian", "receive", "-").code()).isEqualTo(2);
  }

  @Test
  void aLinkIsTakenBackByItsIdAndByItsSenderAlone() throws Exception {
    JsonNode sent = sent();
    String id = sent.path("id").asText();
    assertThat(bed.safe("brian", "sent", "--take-back", id).code()).isEqualTo(3);
    bed.safe("ada", "sent", "--take-back", id).ok();
    assertThat(receive(sent.path("link").asText(), Map.of()).code()).isEqualTo(3);
    assertThat(bed.safe("ada", "sent", "--take-back", id).code()).isEqualTo(3);
    assertThat(bed.safe("ada", "sent", "--take-back", "nonsense").code()).isEqualTo(2);
    assertThat(bed.safe("ada", "send", "servers", "prod").ok().err()).contains("sent --take-back ");
  }
}
