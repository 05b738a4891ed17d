package dev.zamok.client.connection;

import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sends a PING when nothing else was sent for three quarters of the hub's heartbeat, and gives up
 * when nothing came for twice the heartbeat.
 */
final class Heartbeat {
  private final Loop loop;
  private final Duration every;
  private final Consumer<ClientFrame> send;
  private final Runnable dead;
  private long lastSent;
  private long lastReceived;
  private long nonce;
  private Loop.Timer timer = Loop.Timer.NONE;

  Heartbeat(Loop loop, int heartbeatSeconds, Consumer<ClientFrame> send, Runnable dead) {
    this.loop = loop;
    this.every = Duration.ofSeconds(Math.max(1, heartbeatSeconds));
    this.send = send;
    this.dead = dead;
  }

  void start() {
    lastSent = loop.monotonicMillis();
    lastReceived = lastSent;
    schedule();
  }

  void sent() {
    lastSent = loop.monotonicMillis();
  }

  void received() {
    lastReceived = loop.monotonicMillis();
  }

  void stop() {
    timer.cancel();
  }

  private void schedule() {
    timer = loop.after(every.dividedBy(4), this::tick);
  }

  private void tick() {
    long now = loop.monotonicMillis();
    if (now - lastReceived > 2 * every.toMillis()) {
      dead.run();
      return;
    }
    if (now - lastSent >= every.toMillis() / 2) {
      nonce++;
      send.accept(new ClientFrame.Ping(nonce));
    }
    schedule();
  }
}
