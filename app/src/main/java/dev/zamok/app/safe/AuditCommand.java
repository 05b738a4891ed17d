package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Print who did what in a safe. */
@Command(
    name = "audit",
    description = {
      "Print who opened, changed, shared and removed what in a safe and its folders, oldest first;",
      "for its admins.",
      "Changes are as sure as the safe itself; that something was opened is what programs say, kept",
      "for 400 days. Exit code 6: the server dropped or changed what was there before, or does not",
      "serve a folder that this device could follow, or a folder does not verify."
    },
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @ParentCommand private @Nullable SafeCommand parent;

  @Parameters(index = "0", paramLabel = "SAFE", description = "Its name or id.")
  private String safe = "";

  @Override
  public Integer call() {
    return Objects.requireNonNull(parent).with(this::run);
  }

  private int run(Desk desk) {
    Safe in = desk.safe(safe);
    Map<Place, String> names = names(desk, in);
    int code = 0;
    for (AuditEvent event : desk.on(in.audit().events())) {
      desk.print(desk.json() ? json(event) : line(event, names));
      if (event.kind() == AuditEvent.Kind.FOLDER_WITHHELD) {
        desk.note(
            "DANGER: this is not the whole: folder "
                + event.room()
                + " was there before and is not served. Its admins took it from you, or the server"
                + " hides it");
        code = UserError.DOES_NOT_VERIFY;
      }
      if (event.kind() == AuditEvent.Kind.FOLDER_BROKEN) {
        desk.note(
            "DANGER: this is not the whole: what was done in folder "
                + event.room()
                + " is not shown, since it does not verify");
        code = UserError.DOES_NOT_VERIFY;
      }
    }
    return code;
  }

  /** An item: its id alone is nobody's, whoever writes in a room chooses it. */
  private record Place(RoomId room, ItemId item) {}

  /** What is there still; an admin may read it. */
  private static Map<Place, String> names(Desk desk, Safe in) {
    Map<Place, String> names = new HashMap<>();
    for (SafeItem item : desk.on(in.items().contents()).items()) {
      desk.opened(item)
          .ifPresent(
              found -> names.put(new Place(item.place().room(), item.id()), Desk.path(found)));
    }
    return names;
  }

  private static String json(AuditEvent event) {
    ObjectNode line =
        JsonLines.object("audit")
            .put("time", Instant.ofEpochMilli(event.timeMillis()).toString())
            .put("what", what(event))
            .put("author", login(event.author()));
    if (!event.folder().isEmpty()) {
      line.put("folder", event.folder());
    }
    if (event.kind() == AuditEvent.Kind.FOLDER_BROKEN) {
      line.put("room", String.valueOf(event.room()));
    }
    ItemId item = event.item();
    if (item != null) {
      line.put("item", item.toString()).put("version", event.version());
      if (event.isAmbiguous()) {
        line.put("ambiguous", true);
      }
    }
    if (event.member() != null) {
      line.put("member", login(event.member()));
    }
    Role role = event.role();
    if (role != null) {
      line.put("role", role.name().toLowerCase(Locale.ROOT));
    }
    return JsonLines.write(line);
  }

  private static String line(AuditEvent event, Map<Place, String> names) {
    StringBuilder line = new StringBuilder();
    line.append(Instant.ofEpochMilli(event.timeMillis()));
    line.append("  ").append(Visible.line(login(event.author())));
    line.append("  ").append(what(event));
    ItemId item = event.item();
    if (item != null) {
      RoomId room = event.room();
      String name = room == null ? null : names.get(new Place(room, item));
      line.append("  ").append(Visible.line(name == null ? item.toString() : name));
      line.append(" version ").append(event.version());
      line.append(room == null ? " (ambiguous: more than one folder has it)" : "");
    }
    if (!event.folder().isEmpty()) {
      line.append("  in ").append(Visible.line(event.folder()));
    }
    if (event.member() != null) {
      line.append("  ").append(Visible.line(login(event.member())));
    }
    Role role = event.role();
    if (role != null && role != Role.NONE) {
      line.append("  ").append(role.name().toLowerCase(Locale.ROOT));
    }
    return line.toString();
  }

  private static String what(AuditEvent event) {
    return event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String login(@Nullable Contact who) {
    return who == null ? "?" : who.login();
  }
}
