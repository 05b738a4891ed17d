package dev.zamok.load.bench.drive;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Traffic through a {@link Hall}, from {@link #start} to {@link #stop}. */
public abstract class Drive implements Hall.Driver {
  /** What has not come by then is lost; on a busy machine it may take its time. */
  private static final long DRAIN_NANOS_MAX = TimeUnit.MINUTES.toNanos(2);

  private static final long LOOK_MILLIS = 5;

  private final EventLoop loop;
  private final Hall hall;
  private boolean running;

  Drive(EventLoop loop, Hall hall) {
    this.loop = loop;
    this.hall = hall;
  }

  final EventLoop loop() {
    return loop;
  }

  final Hall hall() {
    return hall;
  }

  final boolean isRunning() {
    return running;
  }

  /** Sends the first messages; on the event loop. */
  abstract void begin();

  /** Any thread. */
  public final void start() {
    loop.execute(
        () -> {
          hall.drivenBy(this);
          running = true;
          begin();
        });
  }

  /** Sends nothing more, and completes when all of it has arrived, or after 10 s. Any thread. */
  public final CompletableFuture<Void> stop() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          running = false;
          drain(done, System.nanoTime());
        });
    return done;
  }

  private void drain(CompletableFuture<Void> done, long since) {
    if (hall.isComplete() || System.nanoTime() - since > DRAIN_NANOS_MAX) {
      hall.drivenBy(null);
      done.complete(null);
    } else {
      var unused = loop.schedule(() -> drain(done, since), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void delivered(int room, long number) {}

  @Override
  public void acknowledged(int room, long number) {}
}
