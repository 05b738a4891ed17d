package dev.zamok.authority.epoch;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs things later, on the event loop of the authority. */
@FunctionalInterface
public interface Timers {
  /** Runs {@code task} once, not before {@code delay} has passed. */
  void after(Duration delay, Runnable task);

  /** On the context of the call. */
  static Timers of(Vertx vertx) {
    return (delay, task) -> vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
  }
}
