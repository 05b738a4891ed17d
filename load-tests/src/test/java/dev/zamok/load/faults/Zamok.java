package dev.zamok.load.faults;

import dev.zamok.cluster.process.AtExit;
import dev.zamok.cluster.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code zamok} command as a child process, up to its {@code ready:} line. */
final class Zamok {
  private static final Pattern FINGERPRINT = Pattern.compile("certificate SHA-256 ([0-9a-f]{64})");
  private static final Pattern READY = Pattern.compile("(?m)^ready: (.*)$");
  private static final Duration START_MAX = Duration.ofMinutes(20);
  private static final Duration STOP_MAX = Duration.ofMinutes(1);

  private Zamok() {}

  /** Blocks until it is ready. Fails with what it printed. */
  static Started start(String name, Path directory, List<String> options, List<String> arguments) {
    return start(name, directory, command(options, arguments));
  }

  /** As {@link #start(String, Path, List, List)}, of a whole command. */
  static Started start(String name, Path directory, List<String> command) {
    ServerProcess process = ServerProcess.start(name, directory, command);
    // A test run that is broken off must not leave behind what `cluster up` started.
    AtExit.first(() -> stop(process));
    process.awaitReady(() -> READY.matcher(process.printed()).find(), START_MAX);
    String told = process.printed();
    Matcher fingerprint = FINGERPRINT.matcher(told);
    Matcher ready = READY.matcher(told);
    if (!fingerprint.find() || !ready.find()) {
      throw new IllegalStateException(name + " told no certificate");
    }
    return new Started(process, fingerprint.group(1), ready.group(1));
  }

  private static void stop(ServerProcess process) {
    if (process.isAlive()) {
      process.stop(STOP_MAX);
    }
  }

  /** Blocks until it has done its work. Fails with what it printed when it did not. */
  static void finish(String name, Path directory, List<String> arguments) {
    ServerProcess.start(name, directory, command(List.of(), arguments)).awaitEnd(START_MAX);
  }

  /** Of this Java, on this class path. */
  static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.zamok.app.Main"));
    command.addAll(arguments);
    return command;
  }

  /**
   * A command that runs.
   *
   * @param ready what stands after {@code ready:}
   */
  record Started(ServerProcess process, String fingerprint, String ready) {}
}
