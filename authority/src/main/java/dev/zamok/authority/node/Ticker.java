package dev.zamok.authority.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Runs things again and again, on the event loop of the authority. */
@FunctionalInterface
public interface Ticker {
  /**
   * Runs {@code task} after each {@code period}, whether or not the run before has ended; on the
   * context of the call.
   *
   * @return ends it
   */
  Runnable every(Duration period, Supplier<? extends Future<?>> task);

  /** By the time of this machine. */
  static Ticker of(Vertx vertx) {
    return (period, task) -> {
      // Each task tells of its own failures.
      long timer = vertx.setPeriodic(period.toMillis(), id -> task.get().onComplete(done -> {}));
      return () -> vertx.cancelTimer(timer);
    };
  }
}
