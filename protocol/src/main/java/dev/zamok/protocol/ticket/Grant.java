package dev.zamok.protocol.ticket;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.Set;

/**
 * One room of a ticket.
 *
 * @param tag the pseudonym of the member in this room
 * @param epoch the current one when the ticket was signed
 * @param memberVersion rises with every change of the membership; evictions refuse those below
 *     theirs
 */
public record Grant(RoomId room, MemberTag tag, Set<Right> rights, int epoch, int memberVersion) {
  public Grant {
    rights = Set.copyOf(rights);
    room.trust();
    if (tag.equals(MemberTag.NONE)) {
      throw new MalformedException("P-109 grant without a tag");
    }
    if (epoch < 0 || memberVersion < 0) {
      throw new MalformedException("P-109 negative number in a grant");
    }
  }
}
