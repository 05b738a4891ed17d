package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Moves and removes folders with rights of their own. Belongs to the client's loop.
 *
 * <p>A move is signed three times: the new parent lists the folder, the folder names the new
 * parent, the old one lists it no more. After the second the folder is there; a crash before leaves
 * it where it was, one after leaves an entry in the old parent that nobody heeds. Doing it again
 * goes on where it ended.
 */
final class FolderMoves {
  private final SafeTree tree;

  FolderMoves(SafeTree tree) {
    this.tree = tree;
  }

  /** See {@link SafeFolders#move}. */
  CompletableFuture<SafeFolder> move(RoomId folder, SafeTree to, String path) {
    FolderDesk.requirePath(path);
    return tree.look()
        .thenCompose(
            view ->
                to == tree
                    ? move(folder, view, to, view, path)
                    : to.look().thenCompose(there -> move(folder, view, to, there, path)));
  }

  private CompletableFuture<SafeFolder> move(
      RoomId id, SafeView view, SafeTree to, SafeView there, String path) {
    SafeFolder folder = view.folder(id);
    // Its name is sealed: who cannot read the folder cannot name it anew.
    Spot moved = view.at(id);
    Spot parent = target(there, id, path);
    FolderDesk.requireFree(there, path, id);
    FolderDesk.requireDepth(there, parent);
    String name = FolderDesk.name(parent.relative(path));
    RoomEngine engine = moved.branch().engine();
    if (!engine.people().role().atLeast(Role.ADMIN)) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "admins of a folder move it");
    }
    CompletableFuture<Void> done =
        parent.id().equals(folder.parent()) ? engine.rename(name) : signed(engine, parent, name);
    // Also when a move is done again: one that ended in between left members of the other safe.
    return done.thenCompose(now -> FolderFollowing.follow(to, engine))
        .thenCompose(now -> unlistElsewhere(view, id, parent.id()))
        .thenCompose(now -> to.look())
        .thenApply(after -> after.folder(id));
  }

  /** The room that the path leads into; never the folder itself, nor one inside it. */
  private static Spot target(SafeView there, RoomId moved, String path) {
    there.requireOpen(path);
    Spot best = there.root();
    for (Spot spot : there.spots()) {
      if (Spot.covers(spot.path(), path) && spot.path().length() > best.path().length()) {
        if (there.isWithin(spot.id(), moved)) {
          if (spot.path().equals(path)) {
            continue;
          }
          throw ClientProblem.refused(
              Kind.REFUSED, "folder-cycle", "a folder does not go into itself", 0);
        }
        best = spot;
      }
    }
    return best;
  }

  private static CompletableFuture<Void> signed(RoomEngine engine, Spot parent, String name) {
    return engine
        .items()
        .sync()
        .thenCompose(chain -> parent.branch().engine().folders().list(engine.id(), chain.head()))
        .thenCompose(listed -> engine.folders().moveTo(parent.id(), listed.added(), name));
  }

  /** Also what a move that ended in between has left. */
  private static CompletableFuture<Void> unlistElsewhere(SafeView view, RoomId id, RoomId parent) {
    List<Spot> stale =
        view.spots().stream()
            .filter(spot -> !spot.id().equals(parent) && spot.chain().folder(id) != null)
            .toList();
    return Futures.each(stale, spot -> spot.branch().engine().folders().unlist(id));
  }

  private CompletableFuture<Void> unlist(SafeView view, SafeFolder folder) {
    return parent(view, folder).folders().unlist(folder.id());
  }

  private RoomEngine parent(SafeView view, SafeFolder folder) {
    return folder.parent().equals(tree.root().id())
        ? tree.root().engine()
        : view.engine(folder.parent());
  }

  /** Fails with {@code NOT_ALLOWED}, before what is in it is removed. */
  private void requireAdministers(SafeView view, SafeFolder folder, RoomEngine engine) {
    if (!engine.people().personalRole().administers()
        || !parent(view, folder).people().personalRole().administers()) {
      throw ClientProblem.of(Kind.NOT_ALLOWED, "admins of a folder and its parent remove it");
    }
  }

  /** See {@link SafeFolders#remove}. */
  CompletableFuture<Void> remove(SafeFolder folder, boolean evenIfFull) {
    RoomId id = folder.id();
    return tree.look()
        .thenCompose(
            view -> {
              RoomEngine engine = view.engines().get(id);
              boolean here = view.folder(id).parent().equals(folder.parent());
              if (engine == null || !here) {
                // Listed, but not there, or not for this member: the list is all he changes.
                if (!evenIfFull) {
                  throw notEmpty();
                }
                return unlist(view, folder);
              }
              requireAdministers(view, folder, engine);
              return engine
                  .items()
                  .sync()
                  .thenCompose(chain -> emptied(view, id, chain, evenIfFull))
                  .thenCompose(done -> unlist(view, folder))
                  .thenCompose(done -> engine.folders().dissolve());
            });
  }

  private static CompletableFuture<Void> emptied(
      SafeView view, RoomId id, RoomChain chain, boolean evenIfFull) {
    Spot spot = view.find(id);
    if (!chain.folders().isEmpty()) {
      throw ClientProblem.refused(
          Kind.REFUSED, "folder-not-empty", "move or remove the folders in it first", 0);
    }
    if (spot == null) {
      if (!evenIfFull) {
        throw notEmpty();
      }
      return settled();
    }
    return spot.branch()
        .shelf()
        .contents()
        .thenCompose(
            contents -> {
              boolean empty = contents.items().isEmpty() && contents.unreadable().isEmpty();
              if (!empty && !evenIfFull) {
                throw notEmpty();
              }
              if (!spot.branch().writes()) {
                // A steward, who reads as a group: he leaves what is in it as if he did not.
                return settled();
              }
              List<SealedItems.Write> removals =
                  contents.items().stream().map(SafeWriter::remove).toList();
              return spot.branch().writer().inBatches(removals).thenApply(n -> null);
            });
  }

  private static ClientProblem notEmpty() {
    return ClientProblem.refused(
        Kind.REFUSED, "folder-not-empty", "there are secrets in it, or nobody can tell", 0);
  }

  private static CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }
}
