package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.app.config.NodeSettings;
import dev.zamok.protocol.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeatKeyFileTest {
  private static final String KEY = "ab".repeat(32);

  @TempDir Path directory;

  private Path file(String content, String rights) throws Exception {
    Path file = directory.resolve("beat.key");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  @Test
  void theFileThatTheSettingsNameIsReadAndNoneIsNone() throws Exception {
    Path config = directory.resolve("zamok.yaml");
    Files.writeString(config, "hub: { beatKey: " + file(KEY + "\n", "rw-------") + " }");
    assertThat(BeatKeyFile.of(NodeSettings.read(config)))
        .isNotNull()
        .satisfies(keys -> assertThat(keys.verify(Bytes.EMPTY, keys.sign(Bytes.EMPTY))).isTrue());
    assertThat(BeatKeyFile.of(NodeSettings.read(null))).isNull();
  }

  @Test
  void aFileThatIsMissingIsOpenToOthersOrHoldsNoKeyIsRefusedWithAWordOnWhatToDo() throws Exception {
    assertThatThrownBy(() -> BeatKeyFile.read(directory.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("openssl rand -hex 32");
    Path open = file(KEY, "rw-r--r--");
    assertThatThrownBy(() -> BeatKeyFile.read(open))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("chmod 600");
    Path wrong = file("hunter2", "rw-------");
    assertThatThrownBy(() -> BeatKeyFile.read(wrong))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no key of beats")
        .hasMessageNotContaining("hunter2");
  }
}
