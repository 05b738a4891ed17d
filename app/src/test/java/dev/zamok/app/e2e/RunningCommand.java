package dev.zamok.app.e2e;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/** A command that goes on until it is interrupted, on a thread of its own. */
final class RunningCommand implements AutoCloseable {
  final Lines out = new Lines();
  final Lines err = new Lines();
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Thread thread;

  private RunningCommand(CommandLine line, List<String> arguments) {
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    thread =
        new Thread(
            () -> {
              try {
                code.complete(line.execute(arguments.toArray(String[]::new)));
              } catch (RuntimeException | Error e) {
                code.completeExceptionally(e);
              }
            },
            "running-command");
    thread.setDaemon(true);
  }

  static RunningCommand start(CommandLine line, List<String> arguments) {
    RunningCommand started = new RunningCommand(line, arguments);
    started.thread.start();
    return started;
  }

  /** As Ctrl-C does; yields the exit code. */
  int interrupt() {
    thread.interrupt();
    return code();
  }

  /** The exit code of one that ends by itself. */
  int code() {
    try {
      return code.get(Heard.SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("the command does not end; it said " + err.all(), e);
    }
  }

  @Override
  public void close() {
    if (!code.isDone()) {
      int unused = interrupt();
    }
  }
}
