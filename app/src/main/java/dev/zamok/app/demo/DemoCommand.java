package dev.zamok.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows with real parts what Zamok claims; fails when anything is not so. */
@Command(
    name = "demo",
    description =
        "Three people, one sealed room: who can read what. Exit code 1 when a claim does not hold.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path directory = Files.createTempDirectory("zamok-demo");
    Findings findings = new Findings(out);
    try {
      new Scenario(out, findings, directory).play();
    } finally {
      delete(directory);
    }
    if (findings.untrue().isEmpty()) {
      out.println("\nAll of it held.");
      return 0;
    }
    out.println("\nNot so: " + String.join("; ", findings.untrue()));
    return 1;
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
