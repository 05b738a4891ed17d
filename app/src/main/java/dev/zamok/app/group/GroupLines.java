package dev.zamok.app.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/** What is printed of groups: for people, and as JSON for programs. */
final class GroupLines {
  private GroupLines() {}

  static String group(RoomId group, String name, Role own, boolean json) {
    String role = JsonLines.name(own);
    return json
        ? JsonLines.write(
            JsonLines.object("group")
                .put("group", group.toString())
                .put("name", name)
                .put("role", role))
        : Visible.line(name) + "  " + group + "  you are " + role;
  }

  static String doesNotVerify(RoomId group, boolean json) {
    return json
        ? JsonLines.write(
            JsonLines.object("group-that-does-not-verify").put("group", group.toString()))
        : "!!! does not verify  " + group;
  }

  /**
   * @param folder that does not verify: the group may read in it, or not; null for the whole safe
   */
  static String notLookedInto(RoomId safe, @Nullable RoomId folder, String why, boolean json) {
    if (!json) {
      String what = folder == null ? "safe " + safe : "folder " + folder + " of safe " + safe;
      return "!!! " + what + " could not be looked into: " + Visible.line(why);
    }
    ObjectNode line = JsonLines.object("could-not-be-looked-into").put("safe", safe.toString());
    if (folder != null) {
      line.put("folder", folder.toString());
    }
    return JsonLines.write(line.put("why", why));
  }

  /** A secret of a safe that whoever left a group could open. */
  static String couldBeOpened(RoomId safe, String safeName, SafeItem item, boolean json) {
    String path = item.folder().isEmpty() ? name(item) : item.folder() + "/" + name(item);
    return json
        ? JsonLines.write(
            JsonLines.object("could-be-opened")
                .put("safe", safe.toString())
                .put("id", item.id().toString())
                .put("name", path))
        : Visible.line(safeName) + "  " + Visible.line(path);
  }

  private static String name(SafeItem item) {
    try {
      return SecretCodec.decode(item.content().toByteArray()).name();
    } catch (MalformedException e) {
      return item.id().toString();
    }
  }

  /**
   * @param safe or a folder with rights of its own
   */
  static String waits(RoomId room, boolean safe, boolean json) {
    return json
        ? JsonLines.write(
            JsonLines.object("owes-a-secret").put(safe ? "safe" : "folder", room.toString()))
        : "takes no new secrets until an admin of it comes: " + (safe ? "" : "folder ") + room;
  }
}
