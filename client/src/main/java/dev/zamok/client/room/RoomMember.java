package dev.zamok.client.room;

import dev.zamok.client.contact.Contact;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MemberTag;

/**
 * A present member. In sealed rooms from the verified chain, in managed rooms from the authority.
 */
public record RoomMember(Contact contact, Role role, MemberTag tag, boolean self) {
  /** False of who waits to be let in: he was invited, or a steward proposes him. */
  public boolean isIn() {
    return role != Role.NONE;
  }
}
