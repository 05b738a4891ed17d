package dev.zamok.client.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The one thread that owns all state of a client: tasks run one after the other, in the order they
 * were given.
 */
public interface Loop extends Executor {
  /**
   * Computes something that takes long on another thread, and completes on the loop, which goes on
   * meanwhile. {@code work} must not touch what belongs to the loop.
   */
  <T> CompletableFuture<T> aside(Supplier<T> work);

  /** Runs {@code task} once, not earlier than {@code delay} from now. */
  Timer after(Duration delay, Runnable task);

  /** The wall clock, milliseconds since 1970. */
  long wallMillis();

  /** A clock that never jumps, for measuring how long something has lasted. */
  long monotonicMillis();

  /** A task to come. */
  interface Timer {
    /** Idempotent; a task that has begun goes on. */
    void cancel();

    /** Does nothing. */
    Timer NONE = () -> {};
  }
}
