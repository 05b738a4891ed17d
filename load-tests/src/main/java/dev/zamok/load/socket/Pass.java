package dev.zamok.load.socket;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;

/**
 * What lets a client into one room.
 *
 * @param number of the client, its own in the run; it makes message ids with it
 * @param ticket a credential: never shown
 * @param epoch current when the ticket was made
 */
public record Pass(String name, long number, RoomId room, MemberTag tag, String ticket, int epoch) {
  @Override
  public String toString() {
    return "Pass[" + name + "]";
  }
}
