package dev.zamok.cluster.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kills child processes when this JVM is gone without a word: after SIGKILL no hook of {@link
 * AtExit} runs. A shell in a session of its own is told of each child over a pipe; the pipe ends
 * with the JVM, however that ends, and then whoever still stands on the shell's list is killed.
 *
 * <p>Where there is no {@code sh} children outlive a killed JVM. Thread-safe.
 */
final class Undertaker {
  private static final Path SHELL = Path.of("/bin/sh");

  /** Each line is {@code + pid} or {@code - pid}; those with a session of their own go whole. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      all=' '
      while read -r what pid; do
        case $what in
          +) all="$all$pid " ;;
          -) case $all in *" $pid "*) all="${all%% $pid *} ${all#* $pid }" ;; esac ;;
        esac
      done
      for pid in $all; do
        kill -KILL "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null
      done
      """;

  private static @Nullable OutputStream told;
  private static boolean tried;

  private Undertaker() {}

  static void add(long pid) {
    tell("+ " + pid);
  }

  static void remove(long pid) {
    tell("- " + pid);
  }

  private static synchronized void tell(String line) {
    OutputStream out = shell();
    if (out == null) {
      return;
    }
    try {
      out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      // somebody killed the shell: from now on nobody looks after the children
      told = null;
    }
  }

  private static @Nullable OutputStream shell() {
    if (!tried) {
      tried = true;
      told = start();
    }
    return told;
  }

  private static @Nullable OutputStream start() {
    if (!Files.isExecutable(SHELL)) {
      return null;
    }
    List<String> command = new ArrayList<>(ServerProcess.apart(List.of(SHELL.toString())));
    command.add("-c");
    command.add(SCRIPT);
    try {
      return new ProcessBuilder(command)
          .directory(Path.of("/").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .getOutputStream();
    } catch (IOException e) {
      return null;
    }
  }
}
