package dev.zamok.authority;

import dev.zamok.authority.node.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What an authority does again and again, when the test says so. Belongs to its event loop. */
final class ManualTicker implements Ticker {
  private final LongSupplier nanos;
  private final List<Task> tasks = new ArrayList<>();

  ManualTicker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static final class Task {
    private final long periodNanos;
    private final Supplier<? extends Future<?>> run;
    private long dueNanos;

    Task(long periodNanos, Supplier<? extends Future<?>> run, long dueNanos) {
      this.periodNanos = periodNanos;
      this.run = run;
      this.dueNanos = dueNanos;
    }
  }

  @Override
  public Runnable every(Duration period, Supplier<? extends Future<?>> task) {
    Task one = new Task(period.toNanos(), task, nanos.getAsLong() + period.toNanos());
    tasks.add(one);
    return () -> tasks.remove(one);
  }

  /** Runs what is due by now, once each; completes when all of it has ended, well or not. */
  Future<Void> run() {
    long now = nanos.getAsLong();
    List<Future<?>> ends = new ArrayList<>();
    for (Task task : List.copyOf(tasks)) {
      if (task.dueNanos <= now) {
        task.dueNanos = now + task.periodNanos;
        ends.add(task.run.get());
      }
    }
    return Future.join(ends).transform(done -> Future.succeededFuture());
  }
}
