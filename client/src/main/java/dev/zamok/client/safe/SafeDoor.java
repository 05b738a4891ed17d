package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Where those who accepted an invitation come into one safe: when an admin of it looks into it, not
 * when he merely opens it to put somebody out. Each is told. Belongs to the client's loop.
 */
final class SafeDoor {
  private final SafeTree tree;
  private final FolderFollowing folders;
  private final Consumer<Admitted> told;

  SafeDoor(SafeTree tree, FolderFollowing folders, Consumer<Admitted> told) {
    this.tree = tree;
    this.folders = folders;
    this.told = told;
  }

  /** The safe as it is now, with those in it who waited. */
  CompletableFuture<SafeView> enter() {
    return tree.look()
        .thenCompose(
            view ->
                admit()
                    .thenCompose(
                        any -> any ? tree.look() : CompletableFuture.completedFuture(view)));
  }

  /** Present members, with those who waited. */
  CompletableFuture<List<RoomMember>> members() {
    RoomEngine engine = tree.root().engine();
    return engine
        .members()
        .thenCompose(
            members ->
                admit()
                    .thenCompose(
                        any ->
                            any ? engine.members() : CompletableFuture.completedFuture(members)));
  }

  /** Yields whether anybody was let in. */
  private CompletableFuture<Boolean> admit() {
    return tree.root()
        .engine()
        .admit()
        .thenCompose(
            admitted ->
                Futures.each(admitted, this::follow).thenApply(done -> !admitted.isEmpty()));
  }

  /** An admin administers the folders that are there already. */
  private CompletableFuture<Void> follow(RoomMember member) {
    if (!member.role().administers()) {
      tell(member, "");
      return CompletableFuture.completedFuture(null);
    }
    return folders
        .roleChanged(member.contact().account())
        .handle(
            (done, failure) -> {
              tell(member, failure == null ? "" : text(ClientProblem.in(failure)));
              if (failure != null && ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return null;
            });
  }

  private static String text(ClientProblem problem) {
    return String.valueOf(problem.getMessage());
  }

  private void tell(RoomMember member, String lacking) {
    told.accept(new Admitted(tree.root().id(), member.contact(), member.role(), lacking));
  }
}
