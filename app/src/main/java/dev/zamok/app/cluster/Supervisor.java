package dev.zamok.app.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Starts parts in order, starts again what ends, and stops all in the opposite order. The process
 * id of each stands in {@code run/<name>.pid}, for whoever wants to kill one.
 *
 * <p>Threads: any; blocks. What ends is started again on a thread of its own: a part that takes its
 * time holds up neither another one nor the end.
 */
final class Supervisor {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Path run;
  private final Duration restartAfter;
  private final PrintWriter out;
  private final Map<Part, Part.Running> running = new LinkedHashMap<>();
  private final Map<Part, Long> endedNanos = new LinkedHashMap<>();
  private final Set<Part> starting = new HashSet<>();
  private boolean stopping;

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
      if (!isStopping()) {
        say("starting " + part.name());
        take(part, part.start());
      }
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** One that was still starting when everything was stopped ends at once. */
  private void take(Part part, Part.Running process) {
    synchronized (this) {
      if (!stopping) {
        running.put(part, process);
        note(part, process);
        return;
      }
    }
    process.stop();
  }

  private void note(Part part, Part.Running process) {
    try {
      Files.createDirectories(run);
      // In one step: whoever reads it finds the old number or the new one.
      Path written = Files.writeString(run.resolve(part.name() + ".new"), process.pid() + "\n");
      Files.move(written, run.resolve(part.name() + ".pid"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns after {@link #stop}, which another thread calls. */
  void watch() throws InterruptedException {
    while (!isStopping()) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      due().forEach(part -> new Thread(() -> restart(part), "start-" + part.name()).start());
    }
  }

  /** What ended long enough ago, and is not starting yet. */
  private synchronized List<Part> due() {
    List<Part> due = new ArrayList<>();
    running.forEach(
        (part, process) -> {
          if (process.isAlive() || starting.contains(part)) {
            return;
          }
          Long ended = endedNanos.putIfAbsent(part, System.nanoTime());
          if (ended == null) {
            say(part.name() + " ended; it is started again in " + restartAfter.toMillis() + " ms");
          } else if (System.nanoTime() - ended >= restartAfter.toNanos()) {
            due.add(part);
          }
        });
    starting.addAll(due);
    return due;
  }

  private void restart(Part part) {
    try {
      take(part, part.start());
      say(part.name() + " is back");
    } catch (RuntimeException e) { // a full disk, for one: the others must go on
      say(part.name() + " does not start: " + e.getMessage());
    } finally {
      tried(part);
    }
  }

  /** The time to the next try, should it be needed, begins with its end. */
  private synchronized void tried(Part part) {
    endedNanos.remove(part);
    starting.remove(part);
  }

  /** Stops everything that was started, the last first. */
  void stop() {
    Deque<Part.Running> backwards = new ArrayDeque<>();
    synchronized (this) {
      stopping = true;
      running.values().forEach(backwards::push);
      running.clear();
    }
    backwards.forEach(Part.Running::stop);
  }

  private void say(String what) {
    out.println(what);
    out.flush();
  }
}
