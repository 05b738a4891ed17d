package dev.zamok.client.world;

import dev.zamok.client.loop.Loop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A loop without a thread: the test runs it, and its time moves only when the test says so. */
public final class VirtualLoop implements Loop {
  private static final long START = 1_790_000_000_000L;
  private static final int STEPS_MAX = 1_000_000;

  private record Task(long at, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long now;
  private long order;

  @Override
  public void execute(Runnable task) {
    tasks.add(new Task(now, order++, task));
  }

  /** At once: there is no other thread. */
  @Override
  public <T> CompletableFuture<T> aside(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(work.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Task timer = new Task(now + Math.max(0, delay.toMillis()), order++, task);
    tasks.add(timer);
    return () -> tasks.remove(timer);
  }

  @Override
  public long wallMillis() {
    return START + now;
  }

  @Override
  public long monotonicMillis() {
    return now;
  }

  /** Runs everything that is due now, and what that makes due. */
  public void settle() {
    advance(Duration.ZERO);
  }

  public void advance(Duration time) {
    long until = now + time.toMillis();
    for (int steps = 0; steps < STEPS_MAX; steps++) {
      Task next = tasks.peek();
      if (next == null || next.at > until) {
        now = until;
        return;
      }
      tasks.remove(next);
      now = Math.max(now, next.at);
      next.run.run();
    }
    throw new IllegalStateException("the loop does not come to rest");
  }

  /** The result of a future that needs at most {@code time}. */
  public <T> T await(CompletableFuture<T> future, Duration time) {
    settle();
    long until = now + time.toMillis();
    while (!future.isDone() && now < until) {
      advance(Duration.ofMillis(100));
    }
    if (!future.isDone()) {
      throw new AssertionError("nothing happened for " + time);
    }
    return future.join();
  }
}
