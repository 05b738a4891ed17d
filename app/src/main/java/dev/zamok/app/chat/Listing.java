package dev.zamok.app.chat;

import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.Room;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Trust;
import java.util.Locale;

/** Rooms and members as lines. */
final class Listing {
  private Listing() {}

  static String room(RoomBook.Named named, Role role) {
    Room room = named.room();
    String readers =
        room.trust() == Trust.SEALED
            ? "sealed: members alone can read it"
            : "the server can read it";
    return named.label().shown()
        + "  "
        + room.id()
        + "  "
        + JsonLines.name(room.kind())
        + ", "
        + readers
        + ", history "
        + JsonLines.name(room.historyPolicy())
        + ", you are "
        + lower(role);
  }

  static String roomJson(RoomBook.Named named, Role role) {
    Room room = named.room();
    return JsonLines.write(
        JsonLines.line("room", named.label())
            .put("kind", JsonLines.name(room.kind()))
            .put("trust", JsonLines.name(room.trust()))
            .put("historyPolicy", JsonLines.name(room.historyPolicy()))
            .put("role", JsonLines.name(role)));
  }

  static String member(RoomMember member) {
    return "  "
        + Visible.line(member.contact().login())
        + "  "
        + lower(member.role())
        + (member.self() ? ", you" : "");
  }

  static String memberJson(RoomBook.Named named, RoomMember member) {
    return JsonLines.write(
        JsonLines.line("member", named.label())
            .put("login", member.contact().login())
            .put("fingerprint", member.contact().fingerprint().toString())
            .put("role", JsonLines.name(member.role()))
            .put("self", member.self()));
  }

  static String fingerprint(Contact contact) {
    return Visible.line(contact.login()) + ": " + contact.fingerprintText();
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
