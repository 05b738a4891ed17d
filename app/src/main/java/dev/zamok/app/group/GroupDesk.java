package dev.zamok.app.group;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.client.group.Group;
import dev.zamok.client.room.RoomMember;
import dev.zamok.protocol.RoomId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What the commands work with: groups by name. */
final class GroupDesk {
  private final Connected connected;
  private final PrintWriter out;
  private final boolean json;

  GroupDesk(Connected connected, PrintWriter out, boolean json) {
    this.connected = connected;
    this.out = out;
    this.json = json;
  }

  /** Fails with {@link UserError}. */
  <T> T on(CompletableFuture<T> future) {
    return connected.waiting().on(future);
  }

  Group create(String name) {
    return on(connected.session().groups().create(name));
  }

  List<Group> groups() {
    return on(connected.session().groups().list());
  }

  /** By name or id. */
  Group group(String text) {
    return new GroupNames(connected).named(text);
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  void print(Group group) {
    String name = new GroupNames(connected).credibleName(group).orElse("");
    if (name.isEmpty()) {
      print(
          json
              ? JsonLines.write(
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("type", "group-that-does-not-verify")
                      .put("group", group.id().toString()))
              : "!!! does not verify  " + group.id());
      return;
    }
    String role = on(group.role()).name().toLowerCase(Locale.ROOT);
    print(
        json
            ? JsonLines.write(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "group")
                    .put("group", group.id().toString())
                    .put("name", name)
                    .put("role", role))
            : Visible.line(name) + "  " + group.id() + "  you are " + role);
  }

  void print(RoomMember member) {
    String role = member.role().name().toLowerCase(Locale.ROOT);
    print(
        json
            ? JsonLines.write(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "member")
                    .put("login", member.contact().login())
                    .put("role", role)
                    .put("fingerprint", member.contact().fingerprint().toString())
                    .put("self", member.self()))
            : Visible.line(member.contact().login())
                + "  "
                + role
                + (member.self() ? ", you" : "")
                + "  "
                + member.contact().fingerprintText());
  }

  /** Safes that an admin of theirs must renew. */
  void printWaiting(List<RoomId> waiting) {
    for (RoomId safe : waiting) {
      print(
          json
              ? JsonLines.write(
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("type", "owes-a-secret")
                      .put("safe", safe.toString()))
              : "takes no new secrets until an admin of it comes: " + safe);
    }
  }
}
