package dev.zamok.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command takes and refuses, before anything is started. */
class BenchMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = BenchMain.commandLine();
    for (CommandLine each : command.getSubcommands().values()) {
      each.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @Test
  void aLargeSafeIsMeasuredWithoutAScenario() {
    assertThat(run("safe", "--items", "many")).isEqualTo(2);
    assertThat(err).asString().contains("'--items'").doesNotContain("SCENARIO'");
    assertThat(run("safe", "--help")).isZero();
    assertThat(out).asString().contains("--prepare");
  }

  @Test
  void withoutAScenarioAndWithAnUnknownOneTheUseIsShown() {
    assertThat(run()).isEqualTo(2);
    assertThat(err).asString().contains("Missing required parameter: 'SCENARIO'");
    assertThat(run("fan-out")).isEqualTo(2);
    assertThat(err).asString().contains("fan-out");
    assertThat(run("fanout", "--rounds", "0")).isEqualTo(2);
    assertThat(err).asString().contains("at least 1");
  }

  @Test
  void anOptionThatAScenarioWouldIgnoreIsRefused() {
    for (String scenario : List.of("catchup", "resume", "rekey", "cluster", "all")) {
      assertThat(run(scenario, "--tls")).as(scenario).isEqualTo(2);
      assertThat(err).asString().contains(scenario + " does not take --tls");
    }
    assertThat(run("rooms", "--plot", "rooms.png")).isEqualTo(2);
    assertThat(err).asString().contains("rooms does not take --plot");
    assertThat(run("growth", "--rooms", "10")).isEqualTo(2);
    assertThat(err).asString().contains("growth does not take --rooms");
  }

  @Test
  void allIsEveryScenarioWithTheClusterFirst() {
    assertThat(Trial.all().stream().map(Trial::name))
        .startsWith(ScenarioName.cluster)
        .contains(ScenarioName.values());
    assertThat(Trial.all()).doesNotHaveDuplicates();
  }
}
