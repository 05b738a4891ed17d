package dev.zamok.hub.endpoint;

import dev.zamok.hub.limit.Sweeper;

/** The place of a WebSocket in the sweeper, and how its loop reaches it to end it. */
final class SweptSocket extends Sweeper.Swept {
  private final WebSocketHandler handler;

  SweptSocket(WebSocketHandler handler) {
    this.handler = handler;
  }

  WebSocketHandler handler() {
    return handler;
  }

  @Override
  protected void sweep(long nowNanos) {
    handler.sweep(nowNanos);
  }
}
