package dev.zamok.load.bench.drive;

import io.netty.channel.EventLoop;

/**
 * As many messages in each room under way as the window allows: one that everybody there has makes
 * place for the next. With a window of 1 the members take turns; with a larger one a single member
 * sends, since only then is there an order to be kept.
 */
public final class ClosedLoop extends Drive {
  private final int window;
  private final int[] left;

  public ClosedLoop(EventLoop loop, Hall hall, int window) {
    super(loop, hall);
    this.window = window;
    this.left = new int[hall.layout().rooms() * window];
  }

  @Override
  void begin() {
    for (int room = 0; room < hall().layout().rooms(); room++) {
      for (int i = 0; i < window; i++) {
        send(room);
      }
    }
  }

  private void send(int room) {
    long number = hall().sent(room);
    left[room * window + (int) (number % window)] = hall().layout().members();
    int place = window == 1 ? (int) (number % hall().layout().members()) : 0;
    hall().publish(room, place, System.nanoTime());
  }

  @Override
  public void delivered(int room, long number) {
    if (--left[room * window + (int) (number % window)] == 0 && isRunning()) {
      send(room);
    }
  }
}
