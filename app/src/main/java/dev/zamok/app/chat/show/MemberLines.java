package dev.zamok.app.chat.show;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.RoomMember;
import dev.zamok.protocol.RoomId;

/** Members of safes and groups as lines: for people, and as JSON for programs. */
public final class MemberLines {
  private MemberLines() {}

  public static String member(RoomMember member, boolean json) {
    return member(member, false, json);
  }

  /**
   * As {@link #member(RoomMember, boolean)}.
   *
   * @param replaced whether the card has a successor
   */
  public static String member(RoomMember member, boolean replaced, boolean json) {
    String role = JsonLines.name(member.role());
    Contact contact = member.contact();
    if (json) {
      ObjectNode line =
          JsonLines.object("member")
              .put("login", contact.login())
              .put("role", role)
              .put("fingerprint", contact.fingerprint().toString())
              .put("self", member.self())
              .put("replaced", replaced);
      return JsonLines.write(named(line, contact));
    }
    return Visible.line(contact.login())
        + "  "
        + (member.isIn() ? role : "waits to be let in: share it with him")
        + (member.self() ? ", you" : "")
        + (replaced ? ", by keys that are replaced: add him again" : "")
        + "  "
        + contact.fingerprintText();
  }

  /** With the id of a group, where that is the member. */
  public static ObjectNode named(ObjectNode line, Contact contact) {
    return contact.isGroup()
        ? line.put("group", RoomId.of(contact.account().toBytes()).toString())
        : line;
  }
}
