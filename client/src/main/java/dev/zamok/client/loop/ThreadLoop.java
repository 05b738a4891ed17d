package dev.zamok.client.loop;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread with timers. Tasks given after {@link #close} are dropped. */
public final class ThreadLoop implements Loop, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);

  private final ScheduledThreadPoolExecutor executor;
  private final Clock clock;

  public ThreadLoop(String name, Clock clock) {
    this.clock = clock;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("task after the end of the client");
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> future =
          executor.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return Timer.NONE;
    }
  }

  @Override
  public long wallMillis() {
    return clock.millis();
  }

  @Override
  public long monotonicMillis() {
    return System.nanoTime() / 1_000_000;
  }

  /** Lets the task that runs finish; those that wait are dropped. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("bug in the client", e);
      }
    };
  }
}
