package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.Sweeper;
import dev.zamok.protocol.frame.CloseCode;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, and how they are sent away. Belongs to that loop. */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
final class OpenConnections {
  private static final long TICK_NANOS = Sweeper.TICK_MILLIS * 1_000_000L;

  private final Set<Channel> channels = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SweptSocket> sockets = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Drain drain;

  private record Drain(Promise<Void> end, long fromNanos, long spreadNanos, int total) {}

  /** Every connection, from its acceptance on. */
  void add(Channel channel, Runnable whenGone) {
    channels.add(channel);
    channel
        .closeFuture()
        .addListener(
            end -> {
              channels.remove(channel);
              whenGone.run();
              if (drain != null && channels.isEmpty()) {
                drain.end().tryComplete();
              }
            });
  }

  /** A connection became a WebSocket. */
  void add(SweptSocket socket) {
    sockets.add(socket);
  }

  void remove(SweptSocket socket) {
    sockets.remove(socket);
  }

  boolean isDraining() {
    return drain != null;
  }

  /** Completes {@code end} when none is left; a second call waits for the first. */
  Future<Void> drain(Promise<Void> end, long nowNanos, Duration spread) {
    Drain running = drain;
    if (running == null) {
      running = new Drain(end, nowNanos, spread.toNanos(), sockets.size());
      drain = running;
      drainSome(nowNanos);
    }
    return running.end().future();
  }

  /** Closes as many as are due by now: of all that were open, the part of the time that is over. */
  void drainSome(long nowNanos) {
    Drain running = drain;
    if (running == null) {
      return;
    }
    long overNanos = nowNanos - running.fromNanos() + TICK_NANOS;
    boolean last = overNanos > running.spreadNanos();
    List<SweptSocket> open = new ArrayList<>();
    for (SweptSocket swept : sockets) {
      if (swept.handler().isOpen()) {
        open.add(swept);
      }
    }
    double part = last ? 1 : (double) overNanos / running.spreadNanos();
    int mayStay = last ? 0 : running.total() - (int) Math.ceil(running.total() * part);
    for (int i = 0; i < open.size() - mayStay; i++) {
      open.get(i).handler().close(CloseCode.GOING_AWAY);
    }
    if (last) {
      closeOthers();
    }
    if (channels.isEmpty()) {
      running.end().tryComplete();
    }
  }

  /** Handshakes and relayed connections: they have no close frame. */
  private void closeOthers() {
    Set<Channel> webSockets = Collections.newSetFromMap(new IdentityHashMap<>());
    sockets.forEach(swept -> webSockets.add(swept.handler().channel()));
    for (Channel channel : List.copyOf(channels)) {
      if (!webSockets.contains(channel)) {
        channel.close();
      }
    }
  }

  void cutOff() {
    List.copyOf(channels).forEach(Channel::close);
  }
}
