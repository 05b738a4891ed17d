package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.HubLimits;
import dev.zamok.hub.limit.Sweeper;
import dev.zamok.hub.limit.Time;
import dev.zamok.hub.limit.Turn;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.hub.metrics.HubMetrics;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint on one event loop: its listening socket, its open connections, its turns and its
 * ticks.
 *
 * <p>Vert.x's loops carry Netty's handlers; {@link #within} enters the verticle's context, so that
 * what handlers call (the room log above all) finds it. Belongs to one event loop, {@link #turn}
 * too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of a channel end in its exceptionCaught
public final class EndpointLoop {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointLoop.class);

  private final Endpoint endpoint;
  private final ContextInternal context;
  private final EventLoop loop;
  private final Function<WebSocket, WebSocketListener> listeners;
  private final Sweeper sweeper = new Sweeper();
  private final OpenConnections open = new OpenConnections();
  private List<WebSocketHandler> toFlush = new ArrayList<>();
  private @Nullable Channel listening;
  private long timer = -1;

  public EndpointLoop(
      Endpoint endpoint,
      ContextInternal context,
      Function<WebSocket, WebSocketListener> listeners) {
    this.endpoint = endpoint;
    this.context = context;
    this.loop = context.nettyEventLoop();
    this.listeners = listeners;
  }

  /** Starts the ticks, for {@code others} too. */
  public void start(Sweeper.Swept others) {
    sweeper.add(others);
    timer = context.setPeriodic(Sweeper.TICK_MILLIS, id -> tick());
  }

  /**
   * Takes connections; to be called on every loop in turn.
   *
   * @param port to bind, shared with the other loops; 0 for a free one
   * @param all the loops that share the port
   * @return the port
   */
  public Future<Integer> listen(int port, List<EndpointLoop> all) {
    Promise<Integer> listening = Promise.promise();
    loop.execute(() -> within(() -> listenHere(port, all).onComplete(listening)));
    return listening.future();
  }

  private Future<Integer> listenHere(int port, List<EndpointLoop> all) {
    Listener listener = new Listener(context.owner().transport());
    if (!listener.sharesPorts()) {
      // one socket for all loops: it hands connections to them in turn
      if (all.get(0) != this) {
        listener.discard();
        return context.succeededFuture(port);
      }
      return bind(listener, port, all);
    }
    return bind(listener, port, List.of(this));
  }

  private Future<Integer> bind(Listener listener, int port, List<EndpointLoop> takers) {
    Promise<Integer> bound = context.promise();
    listener.bind(
        this,
        port,
        takers,
        (channel, failure) -> {
          if (channel == null) {
            bound.fail(failure == null ? new IOException("not bound") : failure);
          } else {
            listening = channel;
            bound.complete(((java.net.InetSocketAddress) channel.localAddress()).getPort());
          }
        });
    return bound.future();
  }

  /** Later work of this loop; within the context. */
  public Turn turn() {
    return task -> loop.execute(() -> within(task));
  }

  /**
   * Stops taking connections, closes those that are open with {@code 4000}, spread evenly over
   * {@code spread}, and completes when none is left. What the peer does not end within {@code
   * times.closing} is cut off. Safe to call twice; the first spread counts.
   */
  public Future<Void> drain(Duration spread) {
    Promise<Void> drained = Promise.promise();
    loop.execute(() -> within(() -> drainHere(spread).onComplete(drained)));
    return drained.future();
  }

  private Future<Void> drainHere(Duration spread) {
    if (listening != null) {
      listening.close();
    }
    return open.drain(context.promise(), time().monotonicNanos(), spread);
  }

  /** Cuts off everything at once. */
  public void stop() {
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
    }
    if (listening != null) {
      listening.close();
    }
    open.cutOff();
  }

  boolean isDraining() {
    return open.isDraining();
  }

  EventLoop netty() {
    return loop;
  }

  ContextInternal context() {
    return context;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  EndpointConfig config() {
    return endpoint.config();
  }

  HubLimits limits() {
    return endpoint.limits();
  }

  HubMetrics metrics() {
    return endpoint.metrics();
  }

  Time time() {
    return endpoint.time();
  }

  Sweeper sweeper() {
    return sweeper;
  }

  void accepted(Channel channel) {
    metrics().count(Counter.CONNECTIONS_OPENED);
    open.add(channel, () -> metrics().count(Counter.CONNECTIONS_CLOSED));
  }

  WebSocketListener listenerFor(WebSocket socket) {
    ContextInternal before = context.beginDispatch();
    try {
      return listeners.apply(socket);
    } finally {
      context.endDispatch(before);
    }
  }

  void opened(SweptSocket swept) {
    open.add(swept);
    sweeper.add(swept);
    metrics().count(Counter.UPGRADES);
  }

  void gone(SweptSocket swept) {
    open.remove(swept);
    sweeper.remove(swept);
  }

  void flushLater(WebSocketHandler handler) {
    if (toFlush.isEmpty()) {
      loop.execute(this::flush);
    }
    toFlush.add(handler);
  }

  private void flush() {
    List<WebSocketHandler> all = toFlush;
    toFlush = new ArrayList<>();
    all.forEach(WebSocketHandler::flushNow);
  }

  /**
   * Runs within the verticle's context, and reports what goes wrong instead of throwing it.
   *
   * @return false when it went wrong
   */
  boolean within(Runnable task) {
    ContextInternal before = context.beginDispatch();
    try {
      task.run();
      return true;
    } catch (RuntimeException e) {
      metrics().count(Counter.BUGS);
      LOG.error("an event was not handled", e);
      return false;
    } finally {
      context.endDispatch(before);
    }
  }

  /** A connection failed: the fault of the network or the peer, unless it is a bug. */
  void failed(Throwable cause) {
    if (cause instanceof IOException
        || cause instanceof SSLException
        || cause instanceof io.netty.handler.codec.DecoderException) {
      LOG.debug("connection failed: {}", cause.getClass().getSimpleName());
    } else {
      metrics().count(Counter.BUGS);
      LOG.error("connection failed", cause);
    }
  }

  private void tick() {
    long now = time().monotonicNanos();
    sweeper.tick(now);
    open.drainSome(now);
  }
}
