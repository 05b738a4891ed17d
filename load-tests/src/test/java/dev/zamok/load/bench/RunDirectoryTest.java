package dev.zamok.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @Test
  void whatARunLeftIsDeletedAndNothingElse(@TempDir Path parent) throws IOException {
    Path other = Files.writeString(parent.resolve("other"), "stays");
    RunDirectory run = RunDirectory.in(parent);
    Files.createDirectories(run.path().resolve("hub/data"));
    Files.writeString(run.path().resolve("hub/hub.out"), "ready");

    run.delete();

    assertThat(run.path()).doesNotExist();
    assertThat(other).exists();
  }
}
