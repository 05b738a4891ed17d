package dev.zamok.load.bench.process;

import dev.zamok.cluster.process.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. */
public final class Child implements AutoCloseable {
  private static final long START_SECONDS_MAX = 240;
  private static final long STOP_SECONDS_MAX = 20;
  private static final long LOOK_MILLIS = 50;

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Its output goes to {@code output}. */
  public static Child start(List<String> command, Map<String, String> environment, Path output) {
    try {
      Files.deleteIfExists(output);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      // whoever interrupts or kills the benchmark leaves no server behind
      AtExit.add(process);
      return new Child(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks until the output has it, and yields its first group; fails with the output. */
  public String await(Pattern wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (true) {
      String text = text();
      Matcher matcher = wanted.matcher(text);
      if (matcher.find()) {
        return matcher.group(1);
      }
      try {
        if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IllegalStateException("a server did not start:\n" + text());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private String text() {
    try {
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public ProcFigures figures() {
    return ProcFigures.of(pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
