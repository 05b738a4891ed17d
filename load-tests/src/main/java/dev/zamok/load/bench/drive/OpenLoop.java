package dev.zamok.load.bench.drive;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * So many messages a second, over all rooms in turn, whatever comes back. Each is stamped with the
 * moment at which it was due, so that a server that stops for a while is charged for all that had
 * to wait ("coordinated omission" left out).
 */
public final class OpenLoop extends Drive {
  private static final long TICK_NANOS = 500_000;

  private final double intervalNanos;
  private long startNanos;
  private long sent;

  public OpenLoop(EventLoop loop, Hall hall, int messagesPerSecond) {
    super(loop, hall);
    this.intervalNanos = 1e9 / messagesPerSecond;
  }

  @Override
  void begin() {
    startNanos = System.nanoTime();
    sent = 0;
    tick();
  }

  private void tick() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    Layout layout = hall().layout();
    while (due(sent) <= now) {
      int room = (int) (sent % layout.rooms());
      // always the same member: of two who send at once, nobody knows who comes first
      hall().publish(room, 0, due(sent));
      sent++;
    }
    long wait = Math.max(1, Math.min(due(sent) - System.nanoTime(), TICK_NANOS));
    var unused = loop().schedule(this::tick, wait, TimeUnit.NANOSECONDS);
  }

  private long due(long number) {
    return startNanos + (long) (number * intervalNanos);
  }
}
