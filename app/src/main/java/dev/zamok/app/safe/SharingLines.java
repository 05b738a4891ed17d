package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.SealedInvites;
import dev.zamok.client.safe.Parcels;
import dev.zamok.client.safe.Safe;
import dev.zamok.protocol.RoomId;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Invitations and copies on their way as lines: for people, and as JSON for programs. */
final class SharingLines {
  /** More are counted. */
  private static final int NAMED_MAX = 10;

  private SharingLines() {}

  static String open(Safe safe, SealedInvites.Open open, boolean json) {
    String role = open.invite().role().name().toLowerCase(Locale.ROOT);
    Contact inviter = open.inviter();
    String by = inviter == null ? "somebody unknown" : inviter.login();
    String email = open.email();
    if (json) {
      ObjectNode line =
          JsonLines.object("invitation")
              .put("safe", safe.id().toString())
              .put("invitation", open.invite().index())
              .put("role", role)
              .put("by", by)
              .put("expiresAt", open.invite().expiryMillis());
      return JsonLines.write(
          email == null ? line : line.put("email", email).put("sent", open.sent()));
    }
    return safe.id()
        + "  "
        + open.invite().index()
        + "  "
        + (email == null ? "without a letter" : Visible.line(email))
        + (email == null || open.sent() ? "" : ", the letter did not go out")
        + "  "
        + role
        + "  until "
        + time(open.invite().expiryMillis())
        + "  by "
        + Visible.line(by);
  }

  static String own(SharingApi.OwnInvitation one, boolean json) {
    if (json) {
      return JsonLines.write(
          JsonLines.object("invited")
              .put("safe", one.room().toString())
              .put("invitation", one.invite())
              .put("by", one.inviter())
              .put("expiresAt", one.expiryMillis()));
    }
    return one.room()
        + "  "
        + one.invite()
        + "  you are invited, as the server says by "
        + Visible.line(one.inviter())
        + ", until "
        + time(one.expiryMillis());
  }

  static String waiting(Parcels.Waiting one, boolean json) {
    if (json) {
      return JsonLines.write(
          JsonLines.object("waiting")
              .put("id", one.id().toBase64Url())
              .put("from", one.sender().login())
              .put("fingerprint", one.sender().fingerprint().toString())
              .put("sentAt", one.sentMillis())
              .put("expiresAt", one.expiryMillis()));
    }
    return one.id().toBase64Url()
        + "  from "
        + Visible.line(one.sender().login())
        + "  "
        + one.sender().fingerprintText()
        + "  until "
        + time(one.expiryMillis());
  }

  static String sent(Parcels.Sent one, boolean json) {
    String to = one.recipient() == null ? "somebody" : one.recipient();
    if (json) {
      return JsonLines.write(
          JsonLines.object("on-its-way")
              .put("id", one.id().toBase64Url())
              .put("to", to)
              .put("expiresAt", one.expiryMillis()));
    }
    return one.id().toBase64Url()
        + "  to "
        + Visible.line(to)
        + "  until "
        + time(one.expiryMillis());
  }

  /** A group by which somebody who is out of the safe himself reads it all the same. */
  static String stillReads(RoomId group, boolean json) {
    return json
        ? JsonLines.write(JsonLines.object("still-reads-through").put("group", group.toString()))
        : "!!! still reads through group " + group;
  }

  /** Folders that somebody who is out of the safe may be in, for all that can be seen. */
  static String mayBeIn(Set<RoomId> folders, boolean json) {
    if (json) {
      ObjectNode line = JsonLines.object("may-be-in-folders");
      ArrayNode ids = line.putArray("folders");
      folders.forEach(folder -> ids.add(folder.toString()));
      return JsonLines.write(line);
    }
    String which =
        folders.size() > NAMED_MAX
            ? folders.size() + " folders"
            : folders.stream().map(RoomId::toString).collect(Collectors.joining(", "));
    return "!!! perhaps still in what you neither read nor administer, for somebody who does to look: "
        + which;
  }

  /** A folder that somebody who is out of the safe is in, or may be. */
  static String stillIn(RoomId folder, String why, boolean json) {
    return json
        ? JsonLines.write(
            JsonLines.object("still-in-folder").put("folder", folder.toString()).put("why", why))
        : "!!! perhaps still in folder " + folder + ": " + Visible.line(why);
  }

  /** A folder that somebody is out of, and of which what he could open is not known. */
  static String unread(RoomId folder, String why, boolean json) {
    return json
        ? JsonLines.write(
            JsonLines.object("out-of-folder-unread")
                .put("folder", folder.toString())
                .put("why", why))
        : "!!! out of folder "
            + folder
            + ", but what could be opened there is not known: "
            + Visible.line(why);
  }

  /** What of a safe its former member could not leave. */
  static String notLeft(RoomId room, RoomId safe, String why, boolean json) {
    if (json) {
      return JsonLines.write(
          JsonLines.object("not-left")
              .put(room.equals(safe) ? "safe" : "folder", room.toString())
              .put("why", why));
    }
    return room.equals(safe)
        ? "!!! its folders could not be looked into: " + Visible.line(why)
        : "!!! perhaps you are still in folder " + room + ": " + Visible.line(why);
  }

  /** Of one who is out of a safe whose folders or contents could not be looked into. */
  static String notLookedInto(String why, boolean json) {
    return json
        ? JsonLines.write(JsonLines.object("could-not-be-looked-into").put("why", why))
        : "!!! out of the safe, but not all of it could be looked into: revoke again: "
            + Visible.line(why);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
