package dev.zamok.app.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.json.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GenerateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutOptionsOnePasswordComes() {
    assertThat(run(new GenerateCommand())).isZero();
    assertThat(lines()).singleElement().asString().hasSize(21);
  }

  @Test
  void classesCanBeLeftOut() {
    assertThat(
            run(
                new GenerateCommand(),
                "--length=40",
                "--without=symbol,upper",
                "--look-alikes",
                "--count=20"))
        .isZero();
    assertThat(lines()).hasSize(20).allMatch(line -> line.matches("[a-z0-9]{40}"));
  }

  @Test
  void wordsMakeAPassphrase() {
    assertThat(run(new GenerateCommand(), "--words", "--separator= ", "--capitals")).isZero();
    assertThat(lines()).singleElement().asString().matches("([A-Z][a-z-]+ ){5}[A-Z][a-z-]+");
  }

  @Test
  void jsonTellsTheBits() {
    assertThat(run(new GenerateCommand(), "--words=8", "--json")).isZero();
    Map<String, Object> line = Json.object(lines().get(0).getBytes(StandardCharsets.UTF_8));
    assertThat(line.get("bits")).isEqualTo(103L);
    assertThat((String) line.get("password")).isNotEmpty();
  }

  @Test
  void wrongUsageIsTold() {
    for (String[] wrong :
        new String[][] {
          {"--length=7"},
          {"--length=8", "--words=6"},
          {"--words=2"},
          {"--separator=x"},
          {"--without=emoji"},
          {"--without=lower,upper,digit,symbol"},
          {"--count=0"},
          {"a-password"}
        }) {
      assertThat(run(new GenerateCommand(), wrong)).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(err.toString()).isNotEmpty();
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void codeComesFromASeedOnTheInput() {
    byte[] seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n".getBytes(StandardCharsets.UTF_8);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(59), ZoneOffset.UTC);
    TotpCommand command = new TotpCommand(null, new ByteArrayInputStream(seed), clock);
    assertThat(run(command, "--json")).isZero();
    assertThat(lines()).containsExactly("{\"code\":\"287082\",\"seconds\":1}");
  }

  @Test
  void aSeedIsNoArgument() {
    TotpCommand command =
        new TotpCommand(null, new ByteArrayInputStream(new byte[0]), Clock.systemUTC());
    assertThat(run(command, "GEZDGNBVGY3TQOJQ")).isEqualTo(2);
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }
}
