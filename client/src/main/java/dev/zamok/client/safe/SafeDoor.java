package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.crypto.identity.Fingerprint;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Where those who accepted an invitation come into one safe: when an admin of it looks into it, not
 * when he merely opens it to put somebody out. Admins whom folders do not follow, since that was
 * cut off, are followed then. Each is told. Belongs to the client's loop.
 */
final class SafeDoor {
  private final SafeTree tree;
  private final FolderFollowing folders;
  private final Consumer<Admitted> told;
  private final Set<Fingerprint> tried = new HashSet<>();

  SafeDoor(SafeTree tree, FolderFollowing folders, Consumer<Admitted> told) {
    this.tree = tree;
    this.folders = folders;
    this.told = told;
  }

  /** The safe as it is now, with those in it who waited. */
  CompletableFuture<SafeView> enter() {
    return tree.look()
        .thenCompose(view -> admit().thenCompose(any -> any ? tree.look() : catchUp(view)));
  }

  /**
   * What was cut off when admins were let in or made is done now; where it does not succeed, once
   * in a session, or until the server is there.
   */
  private CompletableFuture<SafeView> catchUp(SafeView view) {
    Set<Fingerprint> behind = new LinkedHashSet<>(view.behind());
    behind.removeAll(tried);
    if (behind.isEmpty()) {
      return CompletableFuture.completedFuture(view);
    }
    tried.addAll(behind);
    return tree.root()
        .engine()
        .people()
        .members()
        .thenCompose(
            members ->
                Futures.each(
                    members.stream()
                        .filter(member -> member.isIn() && member.role().administers())
                        .filter(member -> behind.contains(member.contact().fingerprint()))
                        .toList(),
                    member -> follow(member, true)))
        .thenCompose(done -> tree.look());
  }

  /** Present members, with those who waited. */
  CompletableFuture<List<RoomMember>> members() {
    RoomEngine engine = tree.root().engine();
    return engine
        .people()
        .members()
        .thenCompose(
            members ->
                admit()
                    .thenCompose(
                        any ->
                            any
                                ? engine.people().members()
                                : CompletableFuture.completedFuture(members)));
  }

  /** Yields whether anybody was let in. */
  private CompletableFuture<Boolean> admit() {
    return tree.root()
        .engine()
        .people()
        .admit()
        .thenCompose(
            admitted ->
                Futures.each(admitted, member -> follow(member, false))
                    .thenApply(done -> !admitted.isEmpty()));
  }

  /** An admin administers the folders that are there already. */
  private CompletableFuture<Void> follow(RoomMember member, boolean late) {
    if (!member.role().administers()) {
      tell(member, "", late);
      return CompletableFuture.completedFuture(null);
    }
    return folders
        .roleChanged(member.contact().account())
        .handle(
            (done, failure) -> {
              tell(member, failure == null ? "" : text(ClientProblem.in(failure)), late);
              if (failure != null && ClientProblem.is(failure, Kind.UNAVAILABLE)) {
                tried.remove(member.contact().fingerprint());
              }
              if (failure != null && ClientProblem.in(failure).isLoud()) {
                throw ClientProblem.in(failure);
              }
              return null;
            });
  }

  private static String text(ClientProblem problem) {
    return String.valueOf(problem.getMessage());
  }

  private void tell(RoomMember member, String lacking, boolean late) {
    told.accept(new Admitted(tree.root().id(), member.contact(), member.role(), lacking, late));
  }
}
