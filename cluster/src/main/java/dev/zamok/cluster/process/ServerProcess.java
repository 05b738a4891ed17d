package dev.zamok.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server of another program, as a child process: started, frozen, killed.
 *
 * <p>It ends with this JVM, in good order ({@link AtExit}) or killed ({@link Undertaker}). Its
 * output goes to a file, so that it never stops on a full pipe.
 *
 * <p>Threads: any; calls block, so never from an event loop.
 */
public final class ServerProcess implements AutoCloseable {
  private static final int TOLD_BYTES_MAX = 16_384;
  private static final long LOOK_MILLIS = 20;

  /** Of util-linux; it becomes the command and keeps the process id. */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final String name;
  private final Process process;
  private final Path output;
  private final long outputFrom;

  private ServerProcess(String name, Process process, Path output, long outputFrom) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.outputFrom = outputFrom;
    AtExit.add(process);
  }

  /**
   * Starts {@code command} in {@code directory}, which is made if it is missing; its output is
   * appended to {@code <name>.out} there.
   */
  public static ServerProcess start(String name, Path directory, List<String> command) {
    Path output = directory.resolve(name + ".out");
    try {
      Files.createDirectories(directory);
      ProcessBuilder builder = new ProcessBuilder(apart(command));
      builder.directory(directory.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      long before = Files.exists(output) ? Files.size(output) : 0;
      return new ServerProcess(name, builder.start(), output, before);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** In a session of its own, so that Ctrl-C at a terminal reaches only who decides the order. */
  static List<String> apart(List<String> command) {
    if (!Files.isExecutable(SETSID)) {
      return command;
    }
    List<String> all = new ArrayList<>(command.size() + 1);
    all.add(SETSID.toString());
    all.addAll(command);
    return all;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file with what it printed, at earlier starts too. */
  public Path output() {
    return output;
  }

  /**
   * Waits until {@code ready}. Fails with the end of its output when it exits before, or is not
   * ready within {@code limit}; then nothing of it runs any more.
   */
  public void awaitReady(BooleanSupplier ready, Duration limit) {
    long start = System.nanoTime();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " exited with " + process.exitValue() + ":\n" + printed());
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        kill();
        throw new IllegalStateException(
            name + " was not ready within " + limit + ":\n" + printed());
      }
      pause();
    }
  }

  /**
   * Waits until it ends by itself. Fails with the end of its output when it exits with anything but
   * 0, or goes on for longer than {@code limit}.
   */
  public void awaitEnd(Duration limit) {
    long start = System.nanoTime();
    while (process.isAlive()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        kill();
        throw new IllegalStateException(name + " did not end within " + limit + ":\n" + printed());
      }
      pause();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          name + " exited with " + process.exitValue() + ":\n" + printed());
    }
  }

  /** Waits for as long as it runs; yields its exit code. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * What it printed since this start; of more than {@value #TOLD_BYTES_MAX} bytes only the last so
   * many.
   */
  public String printed() {
    try (SeekableByteChannel file = Files.newByteChannel(output)) {
      long from = Math.max(outputFrom, file.size() - TOLD_BYTES_MAX);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, file.size() - from));
      file.position(from);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // until the end as it was
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(no output)";
    }
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM, and SIGKILL when it is still there after {@code patience}. */
  public void stop(Duration patience) {
    process.destroy();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process.onExit().join();
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  public void freeze() {
    signal("STOP");
  }

  /** SIGCONT after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("cannot send SIG" + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** {@link #kill}. */
  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }
}
