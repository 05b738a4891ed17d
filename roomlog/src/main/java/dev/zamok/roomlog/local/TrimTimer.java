package dev.zamok.roomlog.local;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a {@link SelfTrim} now and then, one run at a time. Thread-safe. */
final class TrimTimer {
  private static final Logger LOG = LoggerFactory.getLogger(TrimTimer.class);

  private final Vertx vertx;
  private final Function<Task.Decision<Boolean>, Future<Boolean>> changes;
  private final SelfTrim trim;
  private final AtomicBoolean running = new AtomicBoolean();
  private final long timer;
  private volatile boolean stopped;

  /**
   * @param changes hands a change to the writer
   */
  TrimTimer(
      Vertx vertx, Function<Task.Decision<Boolean>, Future<Boolean>> changes, HotWindow window) {
    this.vertx = vertx;
    this.changes = changes;
    this.trim = new SelfTrim(window);
    this.timer = vertx.setPeriodic(window.every().toMillis(), id -> tick());
  }

  /** Until nothing is left to do, a piece with each commit. */
  Future<Void> run() {
    return changes
        .apply(trim::run)
        .compose(more -> more && !stopped ? run() : Future.succeededFuture());
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void tick() {
    if (running.compareAndSet(false, true)) {
      run()
          .onFailure(failure -> LOG.warn("nothing was trimmed: {}", failure.toString()))
          .onComplete(done -> running.set(false));
    }
  }
}
