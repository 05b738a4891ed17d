package dev.zamok.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
  private static final Path CONF = Path.of("../conf");

  @TempDir Path directory;

  @Test
  void everyFileInConfLoadsAndShowsTheDefaults() throws Exception {
    try (Stream<Path> files = Files.list(CONF)) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(NodeSettings.read(file))
                      .as(file.toString())
                      .isEqualTo(NodeSettings.read(null)));
    }
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPaths() throws Exception {
    Path file =
        write(
            """
            listen: localhost:8443
            data: d
            keys: d/keys
            tls: { certificate: only.pem }
            hub:
              heartbeat: soon
              connectionsMax: -1
              origins: [zamok.example.org]
              publishPerSecond: 5
            """);
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "listen: an address and a port",
            "keys: must not lie inside the data directory",
            "tls.certificate: certificate and key go together",
            "hub.heartbeat: a time such as",
            "hub.connectionsMax: a whole number from 1",
            "hub.origins: zamok.example.org is not like",
            "hub.publishPerSecond: unknown key");
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws Exception {
    Path file = write("data: a\ndata: b\n");
    assertThatThrownBy(() -> NodeSettings.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> NodeSettings.read(directory.resolve("none.yaml")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void timesAreReadInAllTheirUnits() throws Exception {
    Path file = write("hub: { heartbeat: 1500ms, stuckTimeout: 2m, helloTimeout: 1h }");
    var times = NodeSettings.read(file).hub().limits().times();
    assertThat(times.heartbeat()).isEqualTo(Duration.ofMillis(1500));
    assertThat(times.stuck()).isEqualTo(Duration.ofMinutes(2));
    assertThat(times.hello()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void ipv6AddressesAreWrittenInBrackets() throws Exception {
    Path file = write("listen: '[::1]:9000'");
    assertThat(NodeSettings.read(file).listen()).isEqualTo(new ListenAddress("::1", 9000));
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(directory.resolve("zamok.yaml"), yaml);
  }
}
