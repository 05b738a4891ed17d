package dev.zamok.app.demo;

import dev.zamok.app.SameJava;
import dev.zamok.app.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code zamok serve} as a process of its own, on a free port, recording the frames of its hub. */
final class DemoServer implements AutoCloseable {
  private static final Pattern FINGERPRINT = Pattern.compile("certificate SHA-256 ([0-9a-f]{64})");
  private static final Pattern READY = Pattern.compile("ready: https://[^:]+:([0-9]+) .*");
  private static final long STOP_SECONDS_MAX = 20;

  private final Process process;
  private final Path directory;
  private final String fingerprint;
  private final int port;

  private DemoServer(Process process, Path directory, String fingerprint, int port) {
    this.process = process;
    this.directory = directory;
    this.fingerprint = fingerprint;
    this.port = port;
  }

  /** Blocks until it takes requests. */
  static DemoServer start(Path directory) throws IOException {
    List<String> command =
        SameJava.command(
            List.of(),
            List.of(
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--data",
                directory.resolve("data").toString(),
                "--keys",
                directory.resolve("keys").toString(),
                "--record-frames",
                directory.resolve("hub.frames").toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Whatever ends the demonstration ends its server.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return ready(process, directory);
  }

  private static DemoServer ready(Process process, Path directory) throws IOException {
    String fingerprint = "";
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher found = FINGERPRINT.matcher(line);
      Matcher ready = READY.matcher(line);
      if (found.matches()) {
        fingerprint = found.group(1);
      } else if (ready.matches()) {
        return new DemoServer(process, directory, fingerprint, Integer.parseInt(ready.group(1)));
      }
    }
    throw new UserError("the server did not start; what it said stands above");
  }

  String fingerprint() {
    return fingerprint;
  }

  int port() {
    return port;
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + port);
  }

  Path frames() {
    return directory.resolve("hub.frames");
  }

  Path data() {
    return directory.resolve("data");
  }

  /** Stops it in good order, so that its files are whole. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
