package dev.zamok.authority;

import dev.zamok.authority.epoch.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers that run when the test says that time has passed. */
public final class ManualTimers implements Timers {
  private final TestClock clock;
  private final List<Task> tasks = new ArrayList<>();

  public ManualTimers(TestClock clock) {
    this.clock = clock;
  }

  private record Task(long dueMillis, Runnable run) {}

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(clock.millis() + delay.toMillis(), task));
  }

  /** Runs what is due now, on the caller's thread. */
  public void run() {
    List<Task> due;
    synchronized (this) {
      due =
          tasks.stream()
              .filter(task -> task.dueMillis() <= clock.millis())
              .sorted(Comparator.comparingLong(Task::dueMillis))
              .toList();
      tasks.removeAll(due);
    }
    due.forEach(task -> task.run().run());
  }
}
