package dev.zamok.client.safe;

import static java.util.stream.Collectors.toSet;

import dev.zamok.client.audit.OwnOpenings;
import dev.zamok.client.audit.RoomAudit;
import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.OpeningsApi;
import dev.zamok.client.authority.SharingApi;
import dev.zamok.client.group.Group;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.NewRoom;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.Rooms;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The safes of an account. Thread-safe; see {@link Safe}. */
public final class Safes {
  private final Surroundings around;
  private final URI server;
  private final OpeningsApi openings;
  private final Rooms rooms;
  private final NewRoom newRoom;
  private final Map<RoomId, Safe> open = new HashMap<>();
  private final List<Consumer<Admitted>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<BrokenFolder>> alarmed = new CopyOnWriteArrayList<>();
  private final Invitations invitations;
  private final Parcels parcels;

  public Safes(
      Surroundings around, URI server, OpeningsApi openings, Rooms rooms, NewRoom newRoom) {
    this.server = server;
    this.openings = openings;
    this.around = around;
    this.rooms = rooms;
    this.newRoom = newRoom;
    this.invitations = new Invitations(around);
    this.parcels = new Parcels(around);
  }

  /** A new safe, owned by this account. Whoever is let in later can read everything in it. */
  public CompletableFuture<Safe> create(String name) {
    return on(() -> newRoom.sealed(RoomKind.SAFE, History.FULL, name, null).thenApply(this::safe));
  }

  public CompletableFuture<List<Safe>> list() {
    return on(
        () ->
            around
                .authority()
                .rooms()
                .thenApply(
                    views -> {
                      around
                          .keys()
                          .caches()
                          .retain(views.stream().map(Answers.Room::room).collect(toSet()));
                      return views.stream()
                          .filter(view -> view.kind() == RoomKind.SAFE)
                          .map(this::safe)
                          .toList();
                    }));
  }

  /**
   * What is known of a group's safes.
   *
   * @param safes that it is a member of
   * @param unknown those of the account that could not be looked into, with the reason
   */
  public record OfGroup(List<Safe> safes, Map<RoomId, ClientProblem> unknown) {}

  /**
   * Those that a group is a member of. One that cannot be looked into does not close the others:
   * anybody may let others into a safe of his own that does not verify.
   */
  public CompletableFuture<OfGroup> of(Group group) {
    List<Safe> found = new ArrayList<>();
    Map<RoomId, ClientProblem> unknown = new LinkedHashMap<>();
    return list()
        .thenCompose(
            all ->
                Futures.each(
                    all,
                    safe ->
                        safe.has(group.id())
                            .handle(
                                (has, failure) -> {
                                  if (failure != null) {
                                    unknown.put(safe.id(), ClientProblem.in(failure));
                                  } else if (has) {
                                    found.add(safe);
                                  }
                                  return null;
                                })))
        .thenApply(done -> new OfGroup(found, unknown));
  }

  /** Fails with {@code NOT_ALLOWED} or {@code REFUSED} for a safe the account is not in. */
  public CompletableFuture<Safe> safe(RoomId id) {
    return on(
        () -> {
          // What is kept of it is opened while the server answers.
          Futures.fire(around.keys().caches().room(id).load(around.loop()));
          return around
              .authority()
              .room(id)
              .thenApply(
                  view -> {
                    if (!view.room().equals(id)) {
                      throw ClientProblem.tampered("the server answered with another room");
                    }
                    return safe(view);
                  });
        });
  }

  /** Leaves a copy of a content for whoever has the link that comes of it. */
  public CompletableFuture<Links.Sent> send(Bytes content, Links.Terms terms) {
    return on(
        () ->
            Links.send(
                new Links.Sender(
                    around.authority(), server, around.keys().random(), around.loop().wallMillis()),
                content,
                terms));
  }

  /**
   * Takes a link back that this account sent: nobody opens it from then on. Fails with {@code
   * REFUSED} ({@code not-found}) when it is gone, or somebody else's.
   */
  public CompletableFuture<Void> takeBack(Bytes link) {
    return on(() -> around.authority().revokeLink(link));
  }

  /** Copies of single secrets, for one account each. */
  public Parcels parcels() {
    return parcels;
  }

  /** Invitations into safes of others whose letter this account has shown with {@link #claim}. */
  public CompletableFuture<List<SharingApi.OwnInvitation>> invitations() {
    return on(invitations::pending);
  }

  /** Has the server list the invitation of a letter for this account. */
  public CompletableFuture<Void> claim(InviteLink link) {
    return on(() -> invitations.claim(link));
  }

  /**
   * Asks to be let into a safe; the program of an admin of it does so, and until then the safe is
   * not there for this account. Fails with {@code REFUSED}: {@code not-found} for an invitation
   * that is used, withdrawn, over or another code's, {@code code-needed} for what is no code.
   */
  public CompletableFuture<Void> accept(InviteLink link, String code) {
    return on(() -> invitations.accept(link, code));
  }

  private Safe safe(Answers.Room view) {
    if (view.kind() != RoomKind.SAFE) {
      throw ClientProblem.refused(Kind.REFUSED, "not-found", "that room is no safe", 0);
    }
    RoomEngine engine = rooms.room(view);
    Safe known = open.get(view.room());
    if (known != null && known.isOf(engine)) {
      return known;
    }
    // The first of this session, or one who was out and is in again.
    SafeTree tree =
        new SafeTree(around.authority(), around.keys().profile(), rooms, engine, this::tell);
    Safe made = new Safe(around, server, tree, trail(engine), this::tell);
    open.put(view.room(), made);
    return made;
  }

  /**
   * Hears from now on whom this session lets into safes, on the client's thread: must not block.
   */
  public void onAdmitted(Consumer<Admitted> listener) {
    listeners.add(listener);
  }

  /**
   * Hears from now on of folders that do not verify, each once in a session, on the client's
   * thread: must not block. Whatever is done in a safe finds them.
   */
  public void onBroken(Consumer<BrokenFolder> listener) {
    alarmed.add(listener);
  }

  private void tell(BrokenFolder broken) {
    alarmed.forEach(listener -> listener.accept(broken));
  }

  private void tell(Admitted admitted) {
    listeners.forEach(listener -> listener.accept(admitted));
  }

  private SafeAudit.Trail trail(RoomEngine engine) {
    RoomId room = engine.id();
    Surroundings.Keys keys = around.keys();
    OwnOpenings.Ground ground =
        new OwnOpenings.Ground(around.loop(), engine::reader, keys.profile(), keys.random());
    return new SafeAudit.Trail(
        new OwnOpenings(room, openings, ground),
        new RoomAudit(room, openings, around.directory(), keys.profile(), around.loop()));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(around.loop(), step);
  }
}
