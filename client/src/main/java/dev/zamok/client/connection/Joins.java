package dev.zamok.client.connection;

import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Asks for rooms, no more of them in a second than the hub allows. */
final class Joins {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Loop loop;
  private final ConnectionListener listener;
  private final Consumer<ClientFrame> send;
  private final Set<RoomId> asked = new HashSet<>();
  private final Set<RoomId> waiting = new LinkedHashSet<>();
  private int perSecond = 1;
  private int left;
  private Loop.Timer timer = Loop.Timer.NONE;

  Joins(Loop loop, ConnectionListener listener, Consumer<ClientFrame> send) {
    this.loop = loop;
    this.listener = listener;
    this.send = send;
  }

  /** A new connection: nothing is joined. */
  void reset(int joinsPerSecond) {
    stop();
    perSecond = Math.max(1, Math.min(joinsPerSecond, ClientFrame.Join.ROOMS_MAX));
    left = perSecond;
  }

  /** Asks for those of {@code rooms} that were not asked for yet. */
  void join(Set<RoomId> rooms) {
    for (RoomId room : rooms) {
      if (asked.add(room)) {
        waiting.add(room);
      }
    }
    pump();
  }

  void again(RoomId room) {
    asked.add(room);
    waiting.add(room);
    pump();
  }

  void forget(RoomId room) {
    asked.remove(room);
    waiting.remove(room);
  }

  void stop() {
    timer.cancel();
    timer = Loop.Timer.NONE;
    asked.clear();
    waiting.clear();
  }

  private void pump() {
    List<ClientFrame.Join.Request> requests = new ArrayList<>();
    Set<RoomId> wanted = listener.wanted();
    var rooms = waiting.iterator();
    while (rooms.hasNext() && left > 0) {
      RoomId room = rooms.next();
      rooms.remove();
      if (wanted.contains(room)) {
        requests.add(listener.joinRequest(room));
        left--;
      }
    }
    if (!requests.isEmpty()) {
      send.accept(new ClientFrame.Join(requests));
    }
    if (left < perSecond && timer == Loop.Timer.NONE) {
      timer = loop.after(PAUSE, this::refill);
    }
  }

  private void refill() {
    timer = Loop.Timer.NONE;
    left = perSecond;
    if (!waiting.isEmpty()) {
      pump();
    }
  }
}
