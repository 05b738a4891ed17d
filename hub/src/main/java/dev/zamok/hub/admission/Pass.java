package dev.zamok.hub.admission;

import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.ticket.Grant;
import dev.zamok.protocol.ticket.Ticket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ticket whose signature was checked. Made only here; shared by the connections that show the
 * same ticket.
 */
public final class Pass {
  private final Ticket ticket;
  private final Map<RoomId, Grant> byRoom;

  Pass(Ticket ticket) {
    this.ticket = ticket;
    this.byRoom = new HashMap<>(ticket.grants().size() * 2);
    for (Grant grant : ticket.grants()) {
      byRoom.put(grant.room(), grant);
    }
  }

  public Ticket ticket() {
    return ticket;
  }

  /** Null when the ticket does not name the room. */
  public @Nullable Grant grant(RoomId room) {
    return byRoom.get(room);
  }
}
