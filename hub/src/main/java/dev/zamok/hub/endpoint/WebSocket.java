package dev.zamok.hub.endpoint;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.frame.CloseCode;
import io.netty.buffer.ByteBuf;

/** One open WebSocket connection. Belongs to its event loop. */
public interface WebSocket {
  /** Whether less is queued than the high-water mark; who pushes must stop when it is not. */
  boolean isWritable();

  /** Queues one binary message; it leaves at the end of this turn. */
  void send(Bytes message);

  /**
   * Queues frames made by {@link Framing}, and takes over one reference to them; they leave at the
   * end of this turn.
   */
  void sendFramed(ByteBuf frames);

  /**
   * As {@link #sendFramed(ByteBuf)}, but where nothing more is to come in this turn they leave at
   * once, with all that waits for its end: while the connection is at hand, that is cheaper. May
   * call {@link WebSocketListener#writable} before it returns.
   *
   * @param last whether nothing more is to come; see {@link #oneRoom} as well
   */
  void sendFramed(ByteBuf frames, boolean last);

  /** Whether one room alone sends here: then each buffer of a turn is its last. */
  void oneRoom(boolean one);

  /** Stops taking messages, for each cause on its own; at most one read of the socket waits. */
  void pause(Pause cause);

  /** Goes on unless another cause holds it. What waited is delivered in a later turn. */
  void resume(Pause cause);

  /**
   * Sends a close frame after what is queued, delivers nothing more, and ends the connection when
   * the peer does or when {@code times.closing} has passed. {@link WebSocketListener#closed} is
   * called before this returns. Idempotent.
   */
  void close(CloseCode code);

  /** Why nothing is read. */
  enum Pause {
    /** A ticket is being checked. */
    TICKET(1),
    /** The connection does not read what it was sent. */
    NOT_WRITABLE(2),
    /** Too many publications wait for the log. */
    LOG(4);

    private final int bit;

    Pause(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }
}
