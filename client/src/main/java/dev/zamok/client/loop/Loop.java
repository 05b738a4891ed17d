package dev.zamok.client.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one thread that owns all state of a client: tasks run one after the other, in the order they
 * were given.
 */
public interface Loop extends Executor {
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
