package dev.zamok.client.group;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.Rooms;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * People who are one member of safes. Whoever is in it reads, and where the group may write writes,
 * all its safes; nobody there sees which of them it was. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class Group {
  private final Surroundings around;
  private final Rooms rooms;
  private final RoomEngine engine;

  Group(Surroundings around, Rooms rooms, RoomEngine engine) {
    this.around = around;
    this.rooms = rooms;
    this.engine = engine;
  }

  public RoomId id() {
    return engine.id();
  }

  /** Empty while this member has not got the key to it. */
  public CompletableFuture<Optional<String>> name() {
    return on(
        () -> engine.open().thenCompose(done -> engine.name()).thenApply(Optional::ofNullable));
  }

  public CompletableFuture<Role> role() {
    return on(() -> engine.open().thenApply(done -> engine.people().role()));
  }

  public CompletableFuture<List<RoomMember>> members() {
    return on(engine.people()::members);
  }

  /**
   * Adds somebody, or makes a member an admin of the group or one no more.
   *
   * <p>A member is a writer of the group's room, so that any of them can make the secret that is
   * owed when somebody left.
   */
  public CompletableFuture<Void> add(String login, boolean admin) {
    return on(() -> around.directory().lookup(login).thenCompose(contact -> put(contact, admin)));
  }

  /** The same, for the very card whose fingerprint somebody compared. */
  public CompletableFuture<Void> add(Contact contact, boolean admin) {
    return on(() -> put(contact, admin));
  }

  private CompletableFuture<Void> put(Contact contact, boolean admin) {
    return engine.people().put(contact, admin ? Role.ADMIN : Role.WRITER);
  }

  /**
   * Shuts somebody out. From then on he gets nothing of the group's safes from an honest server;
   * those that this account administers have new secrets when this completes, which no server can
   * give him. Yields the others, which take no new secrets until an admin of theirs comes.
   */
  public CompletableFuture<List<RoomId>> remove(String login) {
    return on(
        () ->
            engine
                .people()
                .member(login)
                .thenCompose(engine.people()::remove)
                .thenCompose(done -> settleRooms()));
  }

  /** The next secret of the group is for others to make, and then those of its safes. */
  public CompletableFuture<Void> leave() {
    return on(engine::leave);
  }

  /**
   * Does what is owed because somebody left: the next secret of the group, and those of its safes
   * that this account administers. Yields the other safes.
   */
  public CompletableFuture<List<RoomId>> settle() {
    return on(
        () -> engine.open().thenCompose(done -> engine.makeOwed()).thenCompose(d -> settleRooms()));
  }

  /**
   * Whether the newest secret of the group was made since somebody left by himself: what he could
   * open, nobody was told then, whoever made it.
   */
  public CompletableFuture<Boolean> isRenewedAfterLeaving() {
    return on(
        () ->
            engine
                .open()
                .thenCompose(done -> engine.items().statements())
                .thenApply(Group::isLastRenewalAfterLeaving));
  }

  private static boolean isLastRenewalAfterLeaving(List<Statement> statements) {
    boolean left = false;
    boolean lastLeft = false;
    for (Statement statement : statements) {
      if (statement.op() instanceof ChainOp.Remove remove) {
        left |= remove.member().equals(statement.author());
      } else if (statement.op() instanceof ChainOp.Generation) {
        lastLeft = left;
        left = false;
      }
    }
    return lastLeft || left;
  }

  private CompletableFuture<List<RoomId>> settleRooms() {
    List<RoomId> waiting = new ArrayList<>();
    return around
        .authority()
        .rooms()
        .thenCompose(
            views ->
                Futures.each(
                    views.stream().filter(Group::holdsSecrets).toList(),
                    view -> settle(rooms.room(view), waiting)))
        .thenApply(done -> waiting);
  }

  private static boolean holdsSecrets(Answers.Room view) {
    return view.kind() == RoomKind.SAFE || view.kind() == RoomKind.FOLDER;
  }

  /** A safe that does not verify is left alone: anybody may let others into one of his own. */
  private CompletableFuture<Void> settle(RoomEngine room, List<RoomId> waiting) {
    return room.people()
        .settleGroups()
        .handle(
            (owed, failure) -> {
              boolean left =
                  failure == null
                      ? owed && room.people().hasGroup(id())
                      : !ClientProblem.in(failure).isLoud();
              if (left) {
                waiting.add(room.id());
              }
              return null;
            });
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(around.loop(), step);
  }

  @Override
  public String toString() {
    return "Group[" + engine.id() + "]";
  }
}
