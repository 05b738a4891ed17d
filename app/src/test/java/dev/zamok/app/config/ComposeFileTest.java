package dev.zamok.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** No container engine reads it here; that it is whole is seen by reading it. */
class ComposeFileTest {
  private static final Path CONF = Path.of("../conf");

  @Test
  void everyServiceHasAnImageAndMountsWhatIsThere() throws Exception {
    Map<String, Object> root =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(CONF.resolve("compose.yaml")));
    Map<?, ?> services = (Map<?, ?>) root.get("services");
    assertThat(services).hasSize(17);
    services.forEach(
        (name, value) -> {
          Map<?, ?> service = (Map<?, ?>) value;
          assertThat(service.get("image")).as("%s", name).isInstanceOf(String.class);
          if (service.get("volumes") instanceof List<?> volumes) {
            volumes.forEach(volume -> mountsWhatIsThere(root, String.valueOf(volume)));
          }
        });
  }

  /** The certificates alone are the administrator's to bring. */
  private static void mountsWhatIsThere(Map<String, Object> root, String volume) {
    String source = volume.substring(0, volume.indexOf(':'));
    if (source.startsWith("./") && !source.equals("./tls")) {
      assertThat(CONF.resolve(source)).exists();
    } else if (!source.startsWith("./")) {
      assertThat((Map<?, ?>) root.get("volumes")).extracting(source).isNotNull();
    }
  }
}
