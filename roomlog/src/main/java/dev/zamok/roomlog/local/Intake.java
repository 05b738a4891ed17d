package dev.zamok.roomlog.local;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for the writer.
 *
 * <p>Tasks of one turn of an event loop go to the writer together, at the end of the turn: handed
 * over one by one, the first would be committed alone and the rest wait for that.
 */
final class Intake {
  private static final int TAKEN_TASKS_MAX = 8192;
  private static final int TAKEN_BYTES_MAX = 4 << 20;

  private final Runnable wake;
  private final AtomicLong queuedBytes = new AtomicLong();

  /** By event loop context; each list is touched on its context alone. */
  private final Map<Context, List<Task<?>>> turns = new ConcurrentHashMap<>();

  private final ArrayDeque<Task<?>> queue = new ArrayDeque<>();
  private boolean awake;

  /**
   * @param wake makes the writer come and {@link #take}; not called again before {@link #sleep}
   */
  Intake(Runnable wake) {
    this.wake = wake;
  }

  /** Bytes of all tasks that wait. */
  long queuedBytes() {
    return queuedBytes.get();
  }

  void add(Task<?> task) {
    queuedBytes.addAndGet(task.bytes());
    Context context = task.context();
    if (!Context.isOnEventLoopThread() || Vertx.currentContext() != context) {
      push(List.of(task));
      return;
    }
    List<Task<?>> turn = turns.get(context);
    if (turn != null) {
      turn.add(task);
      return;
    }
    turn = new ArrayList<>();
    turn.add(task);
    turns.put(context, turn);
    try {
      context.runOnContext(v -> endTurn(context));
    } catch (RejectedExecutionException e) {
      // Vert.x was closed: this turn has no end.
      endTurn(context);
    }
  }

  /** The next tasks, oldest first; possibly none. */
  List<Task<?>> take() {
    List<Task<?>> taken = new ArrayList<>();
    long bytes = 0;
    synchronized (queue) {
      while (!queue.isEmpty() && taken.size() < TAKEN_TASKS_MAX && bytes < TAKEN_BYTES_MAX) {
        Task<?> task = queue.remove();
        bytes += task.bytes();
        taken.add(task);
      }
    }
    queuedBytes.addAndGet(-bytes);
    return taken;
  }

  /** Whether nothing waits; then the next task wakes the writer. */
  boolean sleep() {
    synchronized (queue) {
      if (queue.isEmpty()) {
        awake = false;
      }
      return !awake;
    }
  }

  private void endTurn(Context context) {
    List<Task<?>> turn = turns.remove(context);
    if (turn != null) {
      push(turn);
    }
  }

  private void push(List<Task<?>> tasks) {
    synchronized (queue) {
      queue.addAll(tasks);
      if (awake) {
        return;
      }
      awake = true;
    }
    wake.run();
  }
}
