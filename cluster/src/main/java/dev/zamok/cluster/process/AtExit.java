package dev.zamok.cluster.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What happens to child processes when this JVM ends in good order or by a signal: first the
 * actions given here, the last first, then whoever is still alive is killed. One hook for all,
 * since the JVM runs its hooks at once and in no order. When it is killed, {@link Undertaker} is
 * left.
 */
public final class AtExit {
  private static final Set<Process> ALIVE = new LinkedHashSet<>();
  private static final Deque<Runnable> FIRST = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::run, "end-processes"));
  }

  private AtExit() {}

  /** Runs {@code action}, such as stopping processes in good order, before the rest is killed. */
  public static void first(Runnable action) {
    synchronized (FIRST) {
      FIRST.push(action);
    }
  }

  /**
   * It ends with this JVM, unless it has ended before: then its number may be somebody else's, and
   * nobody is to be killed by it.
   */
  public static void add(Process process) {
    synchronized (ALIVE) {
      ALIVE.add(process);
      Undertaker.add(process.pid());
    }
    CompletableFuture<Void> unused = process.onExit().thenAccept(AtExit::remove);
  }

  private static void remove(Process process) {
    synchronized (ALIVE) {
      if (ALIVE.remove(process)) {
        Undertaker.remove(process.pid());
      }
    }
  }

  private static void run() {
    List<Runnable> actions;
    synchronized (FIRST) {
      actions = List.copyOf(FIRST);
    }
    try {
      actions.forEach(Runnable::run);
    } finally {
      synchronized (ALIVE) {
        ALIVE.forEach(Process::destroyForcibly);
      }
    }
  }
}
