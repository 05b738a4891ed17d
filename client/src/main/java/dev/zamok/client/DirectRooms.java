package dev.zamok.client;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.room.NewRoom;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.Rooms;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The sealed rooms of two. Belongs to the client's loop. */
final class DirectRooms {
  private final SessionApi authority;
  private final Rooms rooms;
  private final NewRoom newRoom;

  DirectRooms(SessionApi authority, Rooms rooms, NewRoom newRoom) {
    this.authority = authority;
    this.rooms = rooms;
    this.newRoom = newRoom;
  }

  /** The first one whose verified members name him; a new one if there is none. */
  CompletableFuture<RoomEngine> with(Contact other) {
    return authority
        .rooms()
        .thenCompose(
            views ->
                find(
                    views.stream()
                        .filter(view -> view.kind() == RoomKind.DIRECT)
                        .map(rooms::room)
                        .toList(),
                    0,
                    other));
  }

  private CompletableFuture<RoomEngine> find(List<RoomEngine> candidates, int at, Contact other) {
    if (at == candidates.size()) {
      return newRoom.sealed(RoomKind.DIRECT, History.FULL, null, other).thenApply(rooms::room);
    }
    RoomEngine engine = candidates.get(at);
    return engine
        .people()
        .members()
        .thenCompose(
            members -> {
              List<Contact> same =
                  members.stream()
                      .map(RoomMember::contact)
                      .filter(contact -> contact.account().equals(other.account()))
                      .toList();
              if (same.isEmpty()) {
                return find(candidates, at + 1, other);
              }
              boolean former =
                  same.stream().noneMatch(c -> c.fingerprint().equals(other.fingerprint()));
              // He has replaced his keys, and a signed successor is the same person.
              return former
                  ? engine.people().put(other, Role.OWNER).thenApply(done -> engine)
                  : CompletableFuture.completedFuture(engine);
            });
  }
}
