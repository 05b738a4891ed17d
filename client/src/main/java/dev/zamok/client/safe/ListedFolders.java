package dev.zamok.client.safe;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.profile.Profile;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.Rooms;
import dev.zamok.crypto.chain.ChainFolder;
import dev.zamok.crypto.chain.FolderPlace;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens the folders that a room lists, each as far as this member may. Belongs to the client's
 * loop.
 */
final class ListedFolders {
  private final Profile profile;
  private final Rooms rooms;

  ListedFolders(Profile profile, Rooms rooms) {
    this.profile = profile;
    this.rooms = rooms;
  }

  /**
   * A folder that is listed, opened as far as this member may.
   *
   * @param engine null where it is closed
   * @param name null where it cannot be read
   * @param broken why it is closed, where it does not verify
   */
  record Found(
      RoomId id,
      @Nullable RoomEngine engine,
      @Nullable RoomChain chain,
      @Nullable String name,
      @Nullable ClientProblem broken) {
    static Found closed(RoomId id) {
      return new Found(id, null, null, null, null);
    }

    String shortId() {
      return id.toString().substring(id.toString().length() - 8);
    }
  }

  /** One that does not say that it lies here is closed, whatever the server serves of it. */
  CompletableFuture<Found> inspect(Looking looking, RoomChain parent, ChainFolder listed) {
    Answers.Room view = looking.served.get(listed.room());
    Found closed = Found.closed(listed.room());
    if (view == null) {
      return CompletableFuture.completedFuture(withheld(looking, closed));
    }
    return Futures.guard(() -> follow(parent, view))
        .exceptionally(
            failure -> {
              // Put out a moment ago.
              if (ClientProblem.is(failure, Kind.NOT_ALLOWED)
                  || ClientProblem.isRefusal(failure, "not-found")) {
                return withheld(looking, closed);
              }
              return broken(closed.id(), null, failure);
            });
  }

  private CompletableFuture<Found> follow(RoomChain parent, Answers.Room view) {
    RoomEngine engine = rooms.room(view);
    return engine
        .items()
        .sync()
        .thenCompose(
            chain ->
                FolderPlace.of(parent, chain) == null
                    ? CompletableFuture.completedFuture(Found.closed(engine.id()))
                    : engine
                        .open()
                        .thenCompose(done -> opened(engine, chain))
                        .exceptionally(failure -> broken(engine.id(), engine, failure)));
  }

  /**
   * One that does not verify closes itself, not what lies beside it: its admins can do that, and so
   * can the server.
   *
   * @param engine of one that is known to lie here
   */
  private static Found broken(RoomId id, @Nullable RoomEngine engine, Throwable failure) {
    ClientProblem problem = ClientProblem.in(failure);
    if (!BrokenFolder.isOne(problem)) {
      throw problem;
    }
    return new Found(id, engine, null, null, problem);
  }

  /** One that this device could follow before, and is not served now. */
  private Found withheld(Looking looking, Found closed) {
    if (profile.room(closed.id()).chain() != null) {
      looking.withheld.add(closed.id());
    }
    return closed;
  }

  private static CompletableFuture<Found> opened(RoomEngine engine, RoomChain chain) {
    if (!engine.people().role().atLeast(Role.READER)) {
      return CompletableFuture.completedFuture(new Found(engine.id(), engine, chain, null, null));
    }
    boolean renews = chain.owesGeneration() && engine.people().role().atLeast(Role.WRITER);
    CompletableFuture<RoomChain> now =
        renews ? renewed(engine, chain) : CompletableFuture.completedFuture(chain);
    return now.thenCompose(
        newest ->
            engine
                .name()
                .thenApply(name -> new Found(engine.id(), engine, newest, path(name), null)));
  }

  /** With the secret that somebody who was put out has left owed. */
  private static CompletableFuture<RoomChain> renewed(RoomEngine engine, RoomChain chain) {
    return engine
        .makeOwed()
        .thenCompose(done -> engine.items().sync())
        .exceptionally(
            failure -> {
              // Somebody else makes it, or a write does.
              if (ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return chain;
            });
  }

  /** Null for what is no path: whoever named it did not keep to the format. */
  private static @Nullable String path(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    try {
      return new ItemBody(false, false, name, Bytes.EMPTY).folder();
    } catch (MalformedException e) {
      return null;
    }
  }
}
