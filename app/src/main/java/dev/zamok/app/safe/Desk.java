package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.group.GroupNames;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.safe.Admitted;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeContents;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.safe.Safes;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.secrets.pick.SecretValue;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the commands work with: safes and secrets by name. */
final class Desk {
  private static final int NEVER = -1;

  private final Connected connected;
  private final Surroundings around;
  private final PrintWriter out;
  private final PrintWriter notes;
  private final boolean json;
  private int purgeAfterDays = NEVER;

  /**
   * @param notes what is for people, not for the program that reads {@code out}
   */
  Desk(Connected connected, Surroundings around, PrintWriter out, PrintWriter notes, boolean json) {
    this.connected = connected;
    this.around = around;
    this.out = out;
    this.notes = notes;
    this.json = json;
  }

  /** A secret with where it lies. */
  record Found(SafeItem item, Secret secret) {}

  /** What to tell a person of it. */
  String why(ClientProblem problem) {
    return Sentences.of(problem, connected.waiting().server());
  }

  Surroundings around() {
    return around;
  }

  /** Safes that are opened from now on lose what has lain in their trash for longer. */
  void purgeAfter(int days) {
    purgeAfterDays = days;
  }

  boolean json() {
    return json;
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  void note(String line) {
    notes.println("zamok: " + line);
    notes.flush();
  }

  /** Somebody who was invited has the key of a safe from now on: its admins are to know. */
  void note(Admitted admitted) {
    Contact who = admitted.who();
    note(
        Visible.line(who.login())
            + " had accepted an invitation and is let in, "
            + admitted.role().name().toLowerCase(Locale.ROOT)
            + " of "
            + admitted.safe()
            + ", fingerprint "
            + who.fingerprintText());
    if (!admitted.folders().isEmpty()) {
      note("… but does not administer all folders: " + Visible.line(admitted.folders()));
    }
  }

  Safes all() {
    return connected.session().safes();
  }

  /** The account of that name, pinned now if it was not; loud when its card is another one. */
  Contact contact(String login) {
    return on(connected.session().lookup(login));
  }

  boolean isSelf(Contact contact) {
    return contact.account().equals(connected.session().self().account());
  }

  /** Fails with {@link UserError}. */
  <T> T on(CompletableFuture<T> future) {
    return connected.waiting().on(future);
  }

  Safe create(String name) {
    return on(connected.session().safes().create(name));
  }

  List<Safe> safes() {
    return on(connected.session().safes().list());
  }

  String name(Safe safe) {
    return on(safe.name()).orElse(safe.id().toString());
  }

  /**
   * The name, if what others made of the safe can be believed. Anybody may let others into a safe
   * of his own: one that does not verify must not close the others.
   */
  private Optional<String> credibleName(Safe safe) {
    try {
      return Optional.of(name(safe));
    } catch (UserError e) {
      if (e.exitCode() != UserError.DOES_NOT_VERIFY) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What is there to see of a safe; one that does not verify is named as such. */
  String line(Safe safe) {
    Optional<String> name = credibleName(safe);
    if (name.isEmpty()) {
      return json
          ? JsonLines.write(
              SecretLines.object("safe-that-does-not-verify").put("safe", safe.id().toString()))
          : "!!! does not verify  " + safe.id();
    }
    return new SafeOrigin(this).line(safe, name.get());
  }

  /** Those that verify: the others are told by {@link #line}. */
  List<Safe> credible() {
    return safes().stream().filter(safe -> credibleName(safe).isPresent()).toList();
  }

  /**
   * By name or id, for something that changes what others see. One that somebody else made must be
   * named by its id, or confirmed, once on each device: anybody may call a safe of his as yours.
   */
  Safe safeToChange(String text) {
    Safe safe = safe(text);
    new SafeOrigin(this).requireMeant(safe, text.equals(safe.id().toString()));
    return safe;
  }

  /** By name or id. */
  Safe safe(String text) {
    Optional<RoomId> id = id(text, RoomId::parse);
    List<Safe> found = new ArrayList<>();
    for (Safe safe : safes()) {
      if (id.isPresent()
          ? safe.id().equals(id.get())
          : credibleName(safe).filter(text::equals).isPresent()) {
        found.add(safe);
      }
    }
    if (found.size() > 1) {
      throw new SafeOrigin(this).several(found, text);
    }
    return kept(only(found, "safe", text));
  }

  private Safe kept(Safe safe) {
    if (purgeAfterDays > NEVER && on(safe.role()).atLeast(Role.WRITER)) {
      int unused = on(safe.upkeep().purgeTrash(Duration.ofDays(purgeAfterDays)));
    }
    return safe;
  }

  /** By name or id; those in the trash by id, or where no other has the name. */
  Found secret(Safe safe, String text) {
    List<Found> live = new ArrayList<>();
    List<Found> trashed = new ArrayList<>();
    for (Found found : secrets(safe)) {
      if (found.item().id().toString().equals(text)) {
        return found;
      }
      if (found.secret().name().equals(text) || path(found).equals(text)) {
        (found.item().trashed() ? trashed : live).add(found);
      }
    }
    return only(live.isEmpty() ? trashed : live, "secret", text);
  }

  static String path(Found found) {
    String folder = found.item().folder();
    return folder.isEmpty() ? found.secret().name() : folder + "/" + found.secret().name();
  }

  /** All that can be read, those in the trash too; the others are told. */
  List<Found> secrets(Safe safe) {
    SafeContents contents = on(safe.items().contents());
    List<Found> found = new ArrayList<>();
    for (SafeItem item : contents.items()) {
      opened(item).ifPresent(found::add);
    }
    int lost = contents.items().size() - found.size() + contents.unreadable().size();
    if (lost > 0 && !json) {
      print("!!! " + lost + " secrets cannot be read: their authors did not keep to the format");
      contents.unreadable().forEach(one -> tellLost(one.id(), one.version()));
      contents.items().stream()
          .filter(item -> opened(item).isEmpty())
          .forEach(item -> tellLost(item.id(), item.version()));
    }
    return found;
  }

  /** By id, or by name if this account administers it. Fails with {@link UserError}. */
  Group group(String text) {
    return new GroupNames(connected).trusted(text);
  }

  /** As {@link #group}; by id also one that the account is not in. */
  RoomId groupId(String text) {
    return new GroupNames(connected).id(text).orElseGet(() -> group(text).id());
  }

  private void tellLost(ItemId id, int version) {
    print("!!! " + id + "  version " + version + ": restore or purge it by this id");
  }

  /** What nobody can open, by its id; it has no name. */
  Optional<SafeContents.Unreadable> unreadable(Safe safe, String text) {
    return on(safe.items().contents()).unreadable().stream()
        .filter(one -> one.id().toString().equals(text))
        .findFirst();
  }

  /** What opens, but says nothing that a secret says; by its id. */
  Optional<SafeItem> garbled(Safe safe, String text) {
    return on(safe.items().contents()).items().stream()
        .filter(item -> item.id().toString().equals(text) && opened(item).isEmpty())
        .findFirst();
  }

  Links.Sent send(Bytes content, Links.Terms terms) {
    return on(connected.session().safes().send(content, terms));
  }

  Links.Received receive(String link, @Nullable String code) {
    return on(connected.client().receive(link, code));
  }

  Optional<Found> opened(SafeItem item) {
    return decoded(item.content()).map(secret -> new Found(item, secret));
  }

  Optional<Secret> decoded(Bytes content) {
    try {
      return Optional.of(SecretCodec.decode(content.toByteArray()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Tells the safe's admins that a secret is shown or used now. */
  Found opened(Safe safe, Found found) {
    told(safe.audit().noteOpened(found.item()));
    return found;
  }

  /** Tells them that everything is listed or searched. */
  void listed(Safe safe) {
    told(safe.audit().noteListed());
  }

  void exported(Safe safe) {
    told(safe.audit().noteExported());
  }

  /** A server that is away for a moment is told with the next opening. */
  private void told(CompletableFuture<Void> note) {
    try {
      on(note);
    } catch (UserError e) {
      if (e.exitCode() == UserError.DOES_NOT_VERIFY) {
        throw e;
      }
    }
  }

  /** Secrets outside the trash. */
  List<Found> live(Safe safe) {
    return secrets(safe).stream().filter(found -> !found.item().trashed()).toList();
  }

  /** A part of a secret by name. Fails with {@link UserError} when there is none. */
  SecretText value(Secret secret, String name) {
    try {
      return SecretValue.of(secret, name, around.clock().instant())
          .orElseThrow(
              () -> new UserError("it has no such part, or it is empty", UserError.NOT_FOUND));
    } catch (MalformedException e) {
      throw new UserError("that part cannot be used: " + e.getMessage());
    }
  }

  private static <T> T only(List<T> found, String what, String text) {
    if (found.isEmpty()) {
      throw new UserError(
          "there is no " + what + " called " + Visible.line(text), UserError.NOT_FOUND);
    }
    if (found.size() > 1) {
      throw new UserError(
          "several are called " + Visible.line(text) + ": use the id, which list --json shows",
          UserError.NOT_FOUND);
    }
    return found.get(0);
  }

  private static <T> Optional<T> id(String text, java.util.function.Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
