package dev.zamok.load.traffic;

import dev.zamok.client.problem.ClientProblem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits for conditions, never for luck. */
public final class Waiting {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private Waiting() {}

  /** Fails with what {@code future} failed with, or with {@link IllegalStateException}. */
  static <T> T get(CompletableFuture<T> future, Duration limit) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("nothing happened for " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #insisting}, of a step that does not block. */
  static <T> T patiently(Supplier<CompletableFuture<T>> step, Duration limit) {
    return insisting(() -> get(step.get(), limit), limit);
  }

  /**
   * Asks again for what is refused as by a part that is not back yet, for as long as {@code limit};
   * then fails with the {@link ClientProblem}, and at once with one that is an alarm.
   */
  static <T> T insisting(Supplier<T> step, Duration limit) {
    long start = System.nanoTime();
    while (true) {
      try {
        return step.get();
      } catch (ClientProblem problem) {
        boolean over = System.nanoTime() - start > limit.toNanos();
        if (over || problem.isLoud()) {
          throw problem;
        }
        pause(AGAIN);
      }
    }
  }

  /** Whether {@code condition} came true within {@code limit}. */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      pause(LOOK);
    }
    return true;
  }

  /**
   * Whether {@code condition} came true; false as soon as {@code figure}, which has an upper bound,
   * has risen no further for as long as {@code patience}. A slow machine gets as long as it takes.
   */
  static boolean whileRising(BooleanSupplier condition, LongSupplier figure, Duration patience) {
    return whileRising(condition, figure, patience, System::nanoTime, () -> pause(LOOK));
  }

  static boolean whileRising(
      BooleanSupplier condition,
      LongSupplier figure,
      Duration patience,
      LongSupplier nanoTime,
      Runnable pause) {
    long best = figure.getAsLong();
    long since = nanoTime.getAsLong();
    while (!condition.getAsBoolean()) {
      long now = figure.getAsLong();
      if (now > best) {
        best = now;
        since = nanoTime.getAsLong();
      } else if (nanoTime.getAsLong() - since > patience.toNanos()) {
        return false;
      }
      pause.run();
    }
    return true;
  }

  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
