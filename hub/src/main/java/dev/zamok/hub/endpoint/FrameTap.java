package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;

/**
 * Sees every frame that the hub holds in the clear: the content of WebSocket messages, in both
 * directions. For demonstrations and tests.
 *
 * <p>Called on the event loops, several at once; must not block. A frame that goes to many
 * connections of one event loop is told once.
 */
public interface FrameTap {
  void onInbound(Bytes frame);

  void onOutbound(Bytes frame);
}
