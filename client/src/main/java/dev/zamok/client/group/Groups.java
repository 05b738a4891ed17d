package dev.zamok.client.group;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.NewRoom;
import dev.zamok.client.room.Rooms;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.History;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The groups of an account. Thread-safe; see {@link Group}. */
public final class Groups {
  private final Surroundings around;
  private final Rooms rooms;
  private final NewRoom newRoom;

  public Groups(Surroundings around, Rooms rooms, NewRoom newRoom) {
    this.around = around;
    this.rooms = rooms;
    this.newRoom = newRoom;
  }

  /** A new group, owned by this account, its only member. */
  public CompletableFuture<Group> create(String name) {
    return on(
        () -> newRoom.sealed(RoomKind.GROUP, History.FULL, name, null).thenApply(this::group));
  }

  public CompletableFuture<List<Group>> list() {
    return on(
        () ->
            around
                .authority()
                .rooms()
                .thenApply(
                    views ->
                        views.stream()
                            .filter(view -> view.kind() == RoomKind.GROUP)
                            .map(this::group)
                            .toList()));
  }

  /** Fails with {@code NOT_ALLOWED} or {@code REFUSED} for a group the account is not in. */
  public CompletableFuture<Group> group(RoomId id) {
    return on(
        () ->
            around
                .authority()
                .room(id)
                .thenApply(
                    view -> {
                      if (!view.room().equals(id)) {
                        throw ClientProblem.tampered("the server answered with another room");
                      }
                      return group(view);
                    }));
  }

  private Group group(Answers.Room view) {
    if (view.kind() != RoomKind.GROUP) {
      throw ClientProblem.refused(Kind.REFUSED, "not-found", "that room is no group", 0);
    }
    return new Group(around, rooms, rooms.room(view));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(around.loop(), step);
  }
}
