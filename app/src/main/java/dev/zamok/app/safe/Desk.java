package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import dev.zamok.app.card.CardChoice;
import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.Visible;
import dev.zamok.app.group.GroupNames;
import dev.zamok.app.login.Connected;
import dev.zamok.app.login.Sentences;
import dev.zamok.app.login.Surroundings;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.safe.Admitted;
import dev.zamok.client.safe.Links;
import dev.zamok.client.safe.Safe;
import dev.zamok.client.safe.SafeItem;
import dev.zamok.client.safe.Safes;
import dev.zamok.client.safe.SecretLink;
import dev.zamok.client.secret.Secret;
import dev.zamok.client.secret.SecretCodec;
import dev.zamok.client.secret.SecretText;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import dev.zamok.secrets.pick.SecretValue;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
  private final BrokenLines broken;
  private int purgeAfterDays = NEVER;
  private int flaw;

  /**
   * @param notes what is for people, not for the program that reads {@code out}
   */
  Desk(Connected connected, Surroundings around, PrintWriter out, PrintWriter notes, boolean json) {
    this.connected = connected;
    this.around = around;
    this.out = out;
    this.notes = notes;
    this.json = json;
    this.broken = new BrokenLines(this);
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

  /**
   * Safes that are opened from now on, and that this account administers, lose what has lain in
   * their trash for longer: how long that is, one person's option says, and it is not to rule the
   * safes of others.
   */
  void purgeAfter(int days) {
    purgeAfterDays = days;
  }

  boolean json() {
    return json;
  }

  /** What it does is done in part, and why is told: its exit code is to say so, the worst first. */
  void flawed(int code) {
    if (rank(code) > rank(flaw)) {
      flaw = code;
    }
  }

  /**
   * Whoever writes can bring the least about: it must not hide that something was tampered with.
   */
  private static int rank(int code) {
    return code == 0 || code == UserError.UNREADABLE ? code - UserError.UNREADABLE : code;
  }

  /** Folders that do not verify, of the safes that were looked into. */
  BrokenLines broken() {
    return broken;
  }

  /** One safe of several is left out, for that reason. */
  void notLookedInto(Safe safe, UserError why) {
    String text = Visible.line(String.valueOf(why.getMessage()));
    if (json) {
      print(
          JsonLines.write(
              JsonLines.object("could-not-be-looked-into")
                  .put("safe", safe.id().toString())
                  .put("why", text)));
    } else {
      note("!!! safe " + safe.id() + " could not be looked into: " + text);
    }
    flawed(why.exitCode());
  }

  /** The exit code of a command that went through. */
  int flaw() {
    return flaw;
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Whether whoever read what is printed has gone. */
  boolean isOutputGone() {
    // Of the process's own output only the stream below knows that a pipe is broken.
    boolean ofProcess = around.in() == System.in;
    return out.checkError() || (ofProcess && System.out.checkError());
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
            + (admitted.late()
                ? " administers the folders from now on, "
                : " had accepted an invitation and is let in, ")
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

  /** Members by cards that have a successor. */
  Set<Fingerprint> replaced(List<RoomMember> members) {
    return on(connected.session().replaced(members));
  }

  /** The account of that name, pinned now if it was not; loud when its card is another one. */
  Contact contact(String login) {
    return on(connected.session().lookup(login));
  }

  /** The same, once its card is agreed to: something is to be sealed to it. */
  Contact agreed(CardChoice card, String login) {
    return card.agreed(connected, around.asker(), this::note, login);
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

  /** What is there to see of a safe; one that does not verify is named as such. */
  String line(Safe safe) {
    return new SafeNames(this).line(safe);
  }

  /** Those that verify: the others are told by {@link #line}. */
  List<Safe> credible() {
    return safes().stream().filter(safe -> new SafeNames(this).credible(safe).isPresent()).toList();
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
    return kept(new SafeNames(this).named(text));
  }

  private Safe kept(Safe safe) {
    if (purgeAfterDays > NEVER && on(safe.role()).administers()) {
      int unused = on(safe.upkeep().purgeTrash(Duration.ofDays(purgeAfterDays)));
    }
    return safe;
  }

  /** By name or id; those in the trash by id, or where no other has the name. */
  Found secret(Safe safe, String text) {
    return new SecretNames(this, safe).named(text);
  }

  /**
   * All that can be read, those in the trash too, for what is done with all of them: each that
   * cannot be read is told, and the command yields that.
   */
  List<Found> whole(Safe safe) {
    return new SecretNames(this, safe).whole();
  }

  /** As {@link #whole}, those outside the trash. */
  List<Found> live(Safe safe) {
    return whole(safe).stream().filter(found -> !found.item().trashed()).toList();
  }

  static String path(Found found) {
    String folder = found.item().folder();
    return folder.isEmpty() ? found.secret().name() : folder + "/" + found.secret().name();
  }

  /** By id, or by name if this account administers it. Fails with {@link UserError}. */
  Group group(String text) {
    return new GroupNames(connected).trusted(text);
  }

  /** As {@link #group}; by id also one that the account is not in. */
  RoomId groupId(String text) {
    return new GroupNames(connected).id(text).orElseGet(() -> group(text).id());
  }

  Links.Sent send(Bytes content, Links.Terms terms) {
    return on(connected.session().safes().send(content, terms));
  }

  /** What a link of this server holds; that uses up a view. */
  Bytes receive(SecretLink link, @Nullable String code) {
    return LinkOpening.content(link, connected.waiting(), connected.client().receive(link, code));
  }

  URI server() {
    return connected.waiting().server();
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
}
