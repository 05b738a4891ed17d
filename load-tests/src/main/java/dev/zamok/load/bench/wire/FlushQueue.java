package dev.zamok.load.bench.wire;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** Connections that have written in this turn; flushed at its end. Belongs to one event loop. */
final class FlushQueue {
  private final EventLoop loop;
  private List<Peer> due = new ArrayList<>();

  FlushQueue(EventLoop loop) {
    this.loop = loop;
  }

  void add(Peer peer) {
    if (due.isEmpty()) {
      loop.execute(this::flush);
    }
    due.add(peer);
  }

  private void flush() {
    List<Peer> all = due;
    due = new ArrayList<>();
    all.forEach(Peer::flushNow);
  }
}
