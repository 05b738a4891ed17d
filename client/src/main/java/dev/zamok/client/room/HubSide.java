package dev.zamok.client.room;

import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.ClientFrame;
import java.time.Duration;

/** The connection, as a room sees it. */
public interface HubSide {
  boolean isOpen();

  /** Whether one more room can be joined, beside those that are. */
  boolean hasPlace();

  /**
   * 0 when one more publication may be sent now, which then counts as sent; otherwise how many
   * milliseconds to wait.
   */
  long publishSlot();

  /** Dropped unless the connection is open. */
  void send(ClientFrame frame);

  /** The wanted rooms have changed. */
  void wake();

  void rejoin(RoomId room, Duration delay);

  void leave(RoomId room);

  /** Asks the authority again what it says of the rooms. */
  void refreshTicket();
}
