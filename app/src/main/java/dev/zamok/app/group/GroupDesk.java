package dev.zamok.app.group;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zamok.app.UserError;
import dev.zamok.app.card.CardChoice;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.BrokenFolder;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.safe.Safes;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the commands work with: groups by name. */
final class GroupDesk {
  private final Connected connected;
  private final Surroundings around;
  private final PrintWriter out;
  private final PrintWriter notes;
  private final boolean json;

  /**
   * @param notes what is for people, not for the program that reads {@code out}
   */
  GroupDesk(
      Connected connected, Surroundings around, PrintWriter out, PrintWriter notes, boolean json) {
    this.connected = connected;
    this.around = around;
    this.out = out;
    this.notes = notes;
    this.json = json;
  }

  /** Fails with {@link UserError}. */
  <T> T on(CompletableFuture<T> future) {
    return connected.waiting().on(future);
  }

  /** The account of that name, once its card is agreed to. */
  Contact agreed(CardChoice card, String login) {
    return card.agreed(connected, around.asker(), this::note, login);
  }

  /** Members by cards that have a successor. */
  Set<Fingerprint> replaced(List<RoomMember> members) {
    return on(connected.session().replaced(members));
  }

  /** The account of that name by the card that is pinned. */
  Contact contact(String login) {
    return on(connected.session().lookup(login));
  }

  void note(String line) {
    notes.println("zamok: " + line);
    notes.flush();
  }

  boolean json() {
    return json;
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
    print(member, false);
  }

  /**
   * A member.
   *
   * @param replaced whether the card has a successor
   */
  void print(RoomMember member, boolean replaced) {
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
                    .put("self", member.self())
                    .put("replaced", replaced))
            : Visible.line(member.contact().login())
                + "  "
                + role
                + (member.self() ? ", you" : "")
                + (replaced ? ", by keys that are replaced: add him again" : "")
                + "  "
                + member.contact().fingerprintText());
  }

  /**
   * The secrets of the safes that a group is in: whoever left it could open them. Yields whether
   * that is all of them; safes and folders that could not be looked into are told.
   */
  boolean printOpenTo(Group group) {
    Queue<BrokenFolder> broken = new ConcurrentLinkedQueue<>();
    connected.session().safes().onBroken(broken::add);
    Safes.OfGroup of = on(connected.session().safes().of(group));
    boolean all = of.unknown().isEmpty();
    of.unknown()
        .forEach(
            (safe, why) ->
                tellUnknown(safe, null, Sentences.of(why, connected.waiting().server())));
    for (Safe safe : of.safes()) {
      try {
        String name = on(safe.name()).orElse(safe.id().toString());
        on(safe.sharing().openTo(group.id())).forEach(item -> print(safe, name, item));
      } catch (UserError e) {
        tellUnknown(safe.id(), null, String.valueOf(e.getMessage()));
        all = false;
      }
    }
    broken.forEach(
        one ->
            tellUnknown(
                one.safe(), one.folder(), Sentences.of(one.why(), connected.waiting().server())));
    return all && broken.isEmpty();
  }

  /**
   * @param folder that does not verify: the group may read in it, or not; null for the whole safe
   */
  private void tellUnknown(RoomId safe, @Nullable RoomId folder, String why) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "could-not-be-looked-into")
            .put("safe", safe.toString());
    if (folder != null) {
      line.put("folder", folder.toString());
    }
    String what = folder == null ? "safe " + safe : "folder " + folder + " of safe " + safe;
    print(
        json
            ? JsonLines.write(line.put("why", why))
            : "!!! " + what + " could not be looked into: " + Visible.line(why));
  }

  private void print(Safe safe, String safeName, SafeItem item) {
    String path = item.folder().isEmpty() ? name(item) : item.folder() + "/" + name(item);
    print(
        json
            ? JsonLines.write(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "could-be-opened")
                    .put("safe", safe.id().toString())
                    .put("id", item.id().toString())
                    .put("name", path))
            : Visible.line(safeName) + "  " + Visible.line(path));
  }

  private static String name(SafeItem item) {
    try {
      return SecretCodec.decode(item.content().toByteArray()).name();
    } catch (MalformedException e) {
      return item.id().toString();
    }
  }

  /** Safes, and folders with rights of their own, that an admin of theirs must renew. */
  void printWaiting(List<RoomId> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    Set<RoomId> safes =
        on(connected.session().safes().list()).stream().map(Safe::id).collect(Collectors.toSet());
    for (RoomId room : waiting) {
      boolean safe = safes.contains(room);
      print(
          json
              ? JsonLines.write(
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("type", "owes-a-secret")
                      .put(safe ? "safe" : "folder", room.toString()))
              : "takes no new secrets until an admin of it comes: "
                  + (safe ? "" : "folder ")
                  + room);
    }
  }
}
