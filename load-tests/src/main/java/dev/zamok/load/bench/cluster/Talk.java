package dev.zamok.load.bench.cluster;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * So many messages a second, over all rooms in turn, whatever comes back: each is stamped with when
 * it was due, so that a pause is charged to all that had to wait.
 */
final class Talk {
  private static final long TICK_NANOS = 500_000;
  private static final long LOOK_MILLIS = 20;

  /** What was not heard by then is lost. */
  private static final long SETTLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  private final EventLoop loop;
  private final Crossing crossing;
  private final double intervalNanos;
  private long startNanos;
  private long sent;
  private boolean running;

  Talk(EventLoop loop, Crossing crossing, int perSecond) {
    this.loop = loop;
    this.crossing = crossing;
    this.intervalNanos = 1e9 / perSecond;
  }

  /** Any thread. */
  void start() {
    loop.execute(
        () -> {
          running = true;
          startNanos = System.nanoTime();
          tick();
        });
  }

  private void tick() {
    if (!running) {
      return;
    }
    while (due(sent) <= System.nanoTime()) {
      crossing.publish((int) (sent % crossing.rooms()), due(sent));
      sent++;
    }
    long wait = Math.max(1, Math.min(due(sent) - System.nanoTime(), TICK_NANOS));
    var unused = loop.schedule(this::tick, wait, TimeUnit.NANOSECONDS);
  }

  private long due(long number) {
    return startNanos + (long) (number * intervalNanos);
  }

  /** Says nothing more; completes when all is settled, or time is up. Any thread. */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          running = false;
          settle(done, System.nanoTime());
        });
    return done;
  }

  private void settle(CompletableFuture<Void> done, long since) {
    if (crossing.isSettled() || System.nanoTime() - since > SETTLE_NANOS_MAX) {
      done.complete(null);
    } else {
      var unused = loop.schedule(() -> settle(done, since), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
