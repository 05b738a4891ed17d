package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;

/** What happens on one connection. Called on its event loop, within its Vert.x context. */
public interface WebSocketListener {
  /** One binary message, whole, at most {@code sizes.frameBytesMax}. */
  void message(Bytes message);

  /** A ping or pong of RFC 6455 §5.5 came; a ping is answered already. */
  void control();

  /** The connection crossed its high-water or low-water mark. */
  void writable(boolean writable);

  /** Once, whoever ended it. Nothing follows. */
  void closed();

  /** About once a second: close what is overdue. */
  void sweep(long nowNanos);
}
