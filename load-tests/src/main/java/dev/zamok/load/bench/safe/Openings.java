package dev.zamok.load.bench.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens the large safe in a process of its own, as a command does: cold, without what earlier runs
 * kept, and warm.
 */
final class Openings {
  /** Of the process: the target is that this is enough. */
  private static final String HEAP = "-Xmx200m";

  private static final long SECONDS_MAX = 120;

  private Openings() {}

  static void measure(Stage stage, int rounds, ObjectNode result, Consumer<String> note) {
    List<long[]> cold = new ArrayList<>();
    List<long[]> warm = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      forget(stage.place().profile());
      cold.add(open(stage, note));
      warm.add(open(stage, note));
    }
    put(result, "cold", cold);
    put(result, "warm", warm);
  }

  /** Medians over all rounds, and the largest heap. */
  private static void put(ObjectNode result, String name, List<long[]> runs) {
    result.put(name + "OpenMillis", median(runs, 0));
    result.put(name + "OpenMillisMax", runs.stream().mapToLong(run -> run[0]).max().orElse(0));
    result.put(name + "ProcessMillis", median(runs, 1));
    long heap = runs.stream().mapToLong(run -> run[2]).max().orElse(0);
    result.put(name + "HeapUsedMiB", heap >> 20);
  }

  private static long median(List<long[]> runs, int column) {
    return runs.stream()
        .mapToLong(run -> run[column])
        .sorted()
        .skip(runs.size() / 2)
        .findFirst()
        .orElse(0);
  }

  /** Milliseconds of opening, milliseconds of the process, bytes of heap after a collection. */
  private static long[] open(Stage stage, Consumer<String> note) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OpenMain.class.getName(),
            stage.place().server().toString(),
            stage.place().fingerprint(),
            stage.place().directory().toString(),
            stage.safe().toString());
    long begun = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line =
          new String(
                  process.getInputStream().readAllBytes(),
                  java.nio.charset.StandardCharsets.US_ASCII)
              .strip();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("the safe did not open: " + line);
      }
      note.accept(line);
      String[] words = line.split(" ", -1);
      long processMillis = (System.nanoTime() - begun) / 1_000_000;
      return new long[] {Long.parseLong(words[1]), processMillis, Long.parseLong(words[2])};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void forget(Path profile) {
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(profile, "*.cache")) {
      for (Path cache : caches) {
        Files.delete(cache);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
