package dev.zamok.app.group;

import dev.zamok.app.UserError;
import dev.zamok.app.card.CardChoice;
import dev.zamok.app.chat.show.MemberLines;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.BrokenFolder;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.Safes;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.RoomId;
import java.io.PrintWriter;
import java.util.List;
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
    print(
        name.isEmpty()
            ? GroupLines.doesNotVerify(group.id(), json)
            : GroupLines.group(group.id(), name, on(group.role()), json));
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
    print(MemberLines.member(member, replaced, json));
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
    of.unknown().forEach((safe, why) -> tellUnknown(safe, null, sentence(why)));
    for (Safe safe : of.safes()) {
      try {
        String name = on(safe.name()).orElse(safe.id().toString());
        on(safe.sharing().openTo(group.id()))
            .forEach(item -> print(GroupLines.couldBeOpened(safe.id(), name, item, json)));
      } catch (UserError e) {
        tellUnknown(safe.id(), null, String.valueOf(e.getMessage()));
        all = false;
      }
    }
    broken.forEach(one -> tellUnknown(one.safe(), one.folder(), sentence(one.why())));
    return all && broken.isEmpty();
  }

  private String sentence(ClientProblem why) {
    return Sentences.of(why, connected.waiting().server());
  }

  private void tellUnknown(RoomId safe, @Nullable RoomId folder, String why) {
    print(GroupLines.notLookedInto(safe, folder, why, json));
  }

  /** Safes, and folders with rights of their own, that an admin of theirs must renew. */
  void printWaiting(List<RoomId> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    Set<RoomId> safes =
        on(connected.session().safes().list()).stream().map(Safe::id).collect(Collectors.toSet());
    for (RoomId room : waiting) {
      print(GroupLines.waits(room, safes.contains(room), json));
    }
  }
}
