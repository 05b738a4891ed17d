package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the primary of a shard, made when it is needed and again when it was lost or the
 * primary changed.
 *
 * <p>State belongs to the event loop of its context.
 */
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final ContextInternal context;
  private final Shard shard;
  private final Listener listener;
  private @Nullable Wire wire;
  private @Nullable Promise<Wire> dialing;
  private boolean closed;

  /** Hears of connections that came and went. */
  interface Listener {
    Listener NONE =
        new Listener() {
          @Override
          public void connected(Wire wire) {}

          @Override
          public void lost() {}
        };

    /** Before anything is sent over it. */
    void connected(Wire wire);

    void lost();
  }

  Link(ContextInternal context, Shard shard, Listener listener) {
    this.context = context;
    this.shard = shard;
    this.listener = listener;
    shard.register(this);
  }

  /** The connection. Fails with {@link Unavailable}; nothing was sent then. */
  Future<Wire> wire() {
    if (closed) {
      return Future.failedFuture(new Unavailable("the room log is closed", false));
    }
    if (wire != null) {
      return Future.succeededFuture(wire);
    }
    if (dialing == null) {
      Promise<Wire> promise = Promise.promise();
      dialing = promise;
      shard
          .primary()
          .compose(at -> shard.dialer().dialPrimary(at))
          .onComplete(
              done -> {
                dialing = null;
                if (done.failed()) {
                  shard.suspect();
                  LOG.debug("shard {}: no connection", shard.name(), done.cause());
                  promise.fail(
                      new Unavailable(
                          "shard " + shard.name() + " of the room log cannot be reached", false));
                } else if (closed || !shard.isAt(done.result().at())) {
                  done.result().close();
                  promise.fail(new Unavailable("the primary has changed", false));
                } else {
                  take(done.result());
                  promise.complete(done.result());
                }
              });
      return promise.future();
    }
    return dialing.future();
  }

  private void take(Wire made) {
    wire = made;
    made.connection().exceptionHandler(failure -> drop(made));
    made.connection().endHandler(v -> drop(made));
    listener.connected(made);
  }

  @Nullable Wire current() {
    return wire;
  }

  /** Lets go of a connection that does not work. */
  void drop(Wire failed) {
    if (wire == failed) {
      wire = null;
      // in a turn of its own: this may be called out of the connection's own end
      context.runOnContext(v -> failed.close());
      listener.lost();
    }
  }

  /** From any thread: the primary is elsewhere now. */
  void moved(HostAndPort to) {
    context.runOnContext(
        v -> {
          Wire now = wire;
          if (now != null && !now.at().equals(to)) {
            drop(now);
          }
        });
  }

  /** From any thread. */
  void close() {
    context.runOnContext(
        v -> {
          closed = true;
          Wire now = wire;
          if (now != null) {
            drop(now);
          }
        });
  }
}
