package dev.zamok.app.safe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.safe.SafeChange;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happens in safes as lines, each written out at once: for people, and as JSON for programs.
 * Names of secrets and folders are in them, nothing else of what is sealed.
 */
final class WatchLines {
  private final Desk desk;

  WatchLines(Desk desk) {
    this.desk = desk;
  }

  void begins(RoomId safe, String name) {
    say(about("watching", safe, name), "watching " + Visible.line(name));
  }

  void ended(RoomId safe, String name) {
    loud(about("ended", safe, name), "you are not in " + Visible.line(name) + " any more");
  }

  void connection(boolean back) {
    loud(
        JsonLines.object("connection").put("state", back ? "back" : "lost"),
        back ? "the connection is back" : "the connection is lost");
  }

  void warning(RoomId safe, String name, RoomWarning warning) {
    ObjectNode json =
        about("warning", safe, name)
            .put("warning", JsonLines.name(warning.kind()))
            .put("loud", warning.isLoud())
            .put("text", warning.text());
    String text = Visible.line(name) + ": " + Visible.line(warning.text());
    if (warning.isLoud()) {
      loud(json, "DANGER: " + text + ". It was refused");
    } else {
      say(json, text);
    }
  }

  void warningsLost(int count) {
    loud(
        JsonLines.object("warnings-left-out").put("count", count),
        count + " more warnings came than can be kept");
  }

  /** Yields whether something could not be verified. */
  boolean change(RoomId safe, String name, SafeChange change) {
    Line line = change.accept(new Wording(about("change", safe, name)));
    if (desk.json()) {
      desk.print(JsonLines.write(line.json));
    } else {
      desk.print(line.when + "  " + Visible.line(name) + "  " + line.text);
    }
    if (line.flaw) {
      desk.note("DANGER: " + Visible.line(name) + ": the line before could not be verified");
    }
    return line.flaw;
  }

  private void say(ObjectNode json, String text) {
    if (desk.json()) {
      desk.print(JsonLines.write(json));
    } else {
      desk.note(text);
    }
  }

  private void loud(ObjectNode json, String text) {
    say(json, "!!! " + text);
  }

  private static ObjectNode about(String type, RoomId safe, String name) {
    return JsonLines.object(type).put("safe", safe.toString()).put("name", name);
  }

  /** A line in both forms. */
  private record Line(ObjectNode json, String when, String text, boolean flaw) {}

  /** One change in words. */
  private final class Wording implements SafeChange.Visitor<Line> {
    private final ObjectNode json;

    Wording(ObjectNode json) {
      this.json = json;
    }

    @Override
    public Line said(SafeChange.Said change) {
      AuditEvent event = change.event();
      StringBuilder text = begun(event, JsonLines.name(event.kind()));
      Contact member = event.member();
      if (member != null) {
        json.put("member", member.login());
        text.append("  ").append(Visible.line(member.login()));
      }
      Role role = event.role();
      if (role != null && role != Role.NONE) {
        json.put("role", JsonLines.name(role));
        text.append("  ").append(JsonLines.name(role));
      }
      if (!event.folder().isEmpty()) {
        json.put("folder", event.folder());
        text.append("  in ").append(Visible.line(event.folder()));
      }
      return new Line(json, when(event), text.toString(), false);
    }

    @Override
    public Line secret(SafeChange.OfSecret change) {
      AuditEvent event = change.event();
      String now = path(change.now());
      String before = path(change.before());
      StringBuilder text = begun(event, JsonLines.name(change.fate()));
      String shown = now != null ? now : before != null ? before : String.valueOf(event.item());
      json.put("item", String.valueOf(event.item())).put("version", event.version());
      if (now != null || before != null) {
        json.put("secret", shown);
      }
      text.append("  ").append(Visible.line(shown));
      if (now != null && before != null && !now.equals(before)) {
        json.put("formerly", before);
        text.append("  formerly ").append(Visible.line(before));
      }
      boolean flaw = change.fate() == SafeChange.Fate.UNVERIFIED;
      return new Line(json, when(event), text.append(flaw ? "  !!!" : "").toString(), flaw);
    }

    @Override
    public Line folder(SafeChange.OfFolder change) {
      String what = "folder-" + JsonLines.name(change.turn());
      json.put("what", what).put("folder", change.path()).put("room", change.id().toString());
      StringBuilder text = new StringBuilder(what).append("  ").append(Visible.line(change.path()));
      if (!change.path().equals(change.before())) {
        json.put("formerly", change.before());
        text.append("  formerly ").append(Visible.line(change.before()));
      }
      if (change.turn() == SafeChange.Turn.CLOSED) {
        text.append("  (its admins took it from you, or the server hides it)");
      }
      String when = desk.around().clock().instant().toString();
      json.put("time", when);
      return new Line(json, when, text.toString(), false);
    }

    private StringBuilder begun(AuditEvent event, String what) {
      Contact author = event.author();
      String login = author == null ? "?" : author.login();
      json.put("what", what).put("time", when(event)).put("author", login);
      return new StringBuilder(Visible.line(login)).append("  ").append(what);
    }

    private String when(AuditEvent event) {
      return Instant.ofEpochMilli(event.timeMillis()).toString();
    }

    /** With its folder; the id of one that says nothing a secret says. */
    private @Nullable String path(@Nullable SafeItem item) {
      return item == null
          ? null
          : desk.opened(item).map(Desk::path).orElseGet(() -> item.id().toString());
    }
  }
}
