package dev.zamok.load.bench.drive;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/**
 * As many messages under way in all rooms together as the window allows, at most one in each: a
 * message that everybody in its room has makes place for one in the room that waited longest.
 */
public final class SharedWindow extends Drive {
  private final int window;
  private final int[] left;
  private final ArrayDeque<Integer> silent = new ArrayDeque<>();

  public SharedWindow(EventLoop loop, Hall hall, int window) {
    super(loop, hall);
    this.window = window;
    this.left = new int[hall.layout().rooms()];
    for (int room = 0; room < left.length; room++) {
      silent.add(room);
    }
  }

  @Override
  void begin() {
    for (int i = 0; i < window && !silent.isEmpty(); i++) {
      send(silent.remove());
    }
  }

  private void send(int room) {
    left[room] = hall().layout().members();
    int place = (int) (hall().sent(room) % hall().layout().members());
    hall().publish(room, place, System.nanoTime());
  }

  @Override
  public void delivered(int room, long number) {
    if (--left[room] == 0) {
      silent.add(room);
      if (isRunning()) {
        send(silent.remove());
      }
    }
  }
}
