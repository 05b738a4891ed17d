package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.List;

/** Everything that one client saw and did in one room, from its first joining on. */
public record Seat(
    String client, RoomId room, MemberTag tag, List<Wire> wire, List<Seen> seen, List<Send> sends) {
  public Seat {
    wire = List.copyOf(wire);
    seen = List.copyOf(seen);
    sends = List.copyOf(sends);
  }

  String name() {
    return client + " in " + room.toString().substring(0, 8);
  }
}
