package dev.zamok.app.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts parts in order, starts again what ends, and stops all in the opposite order. The process
 * id of each stands in {@code run/<name>.pid}, for whoever wants to kill one.
 *
 * <p>Threads: one at a time; blocks.
 */
final class Supervisor {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Path run;
  private final Duration restartAfter;
  private final PrintWriter out;
  private final Map<Part, Part.Running> running = new LinkedHashMap<>();
  private final Map<Part, Long> endedNanos = new LinkedHashMap<>();
  private volatile boolean stopping;

  /**
   * @param restartAfter from the end of a process to its next start
   */
  Supervisor(Path directory, Duration restartAfter, PrintWriter out) {
    this.run = directory.resolve("run");
    this.restartAfter = restartAfter;
    this.out = out;
  }

  /** Starts them one after the other; each finds those before it ready. */
  void start(List<? extends Part> parts) {
    for (Part part : parts) {
      if (!stopping) {
        say("starting " + part.name());
        launch(part);
      }
    }
  }

  private synchronized void launch(Part part) {
    Part.Running process = part.start();
    running.put(part, process);
    note(part, process);
  }

  private void note(Part part, Part.Running process) {
    try {
      Files.createDirectories(run);
      Files.writeString(run.resolve(part.name() + ".pid"), process.pid() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns after {@link #stop}, which another thread calls. */
  void watch() throws InterruptedException {
    while (!stopping) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      look();
    }
  }

  private synchronized void look() {
    for (Part part : List.copyOf(running.keySet())) {
      Part.Running process = running.get(part);
      if (stopping || process == null || process.isAlive()) {
        continue;
      }
      Long ended = endedNanos.get(part);
      if (ended == null) {
        endedNanos.put(part, System.nanoTime());
        say(part.name() + " ended; it is started again in " + restartAfter.toMillis() + " ms");
      } else if (System.nanoTime() - ended >= restartAfter.toNanos()) {
        endedNanos.remove(part);
        restart(part);
      }
    }
  }

  private void restart(Part part) {
    try {
      Part.Running process = part.start();
      running.put(part, process);
      note(part, process);
      say(part.name() + " is back");
    } catch (RuntimeException e) { // a full disk, for one: the others must go on
      endedNanos.put(part, System.nanoTime());
      say(part.name() + " does not start: " + e.getMessage());
    }
  }

  /** Stops everything that was started, the last first. */
  void stop() {
    stopping = true;
    synchronized (this) {
      Deque<Part> backwards = new ArrayDeque<>();
      running.keySet().forEach(backwards::push);
      for (Part part : backwards) {
        Part.Running process = running.remove(part);
        if (process != null) {
          process.stop();
        }
      }
    }
  }

  private void say(String what) {
    out.println(what);
    out.flush();
  }
}
