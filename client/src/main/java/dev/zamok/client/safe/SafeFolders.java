package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The folders of one safe that have rights of their own. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class SafeFolders {
  private final Loop loop;
  private final SafeTree tree;
  private final FolderDesk desk;
  private final FolderGroups groups;
  private final FolderMoves moves;

  SafeFolders(Loop loop, SafeTree tree, FolderDesk desk, FolderGroups groups, FolderMoves moves) {
    this.loop = loop;
    this.tree = tree;
    this.desk = desk;
    this.groups = groups;
    this.moves = moves;
  }

  /** All of them, those too that this member cannot read. */
  public CompletableFuture<List<SafeFolder>> list() {
    return on(() -> tree.look().thenApply(view -> List.copyOf(view.folders())));
  }

  /**
   * Gives a folder rights of its own. What lies under its path in the room that it is in moves into
   * it, see {@link SafeItems#move}. This member must administer that room.
   *
   * @param rights of members of the safe, by login; those not named have none
   */
  public CompletableFuture<SafeFolder> create(String path, Map<String, FolderRight> rights) {
    return on(() -> desk.create(path, rights));
  }

  /** Who reads it, administers it, or is proposed to; and the groups of the safe that do not. */
  public CompletableFuture<List<FolderMember>> members(SafeFolder folder) {
    return on(() -> desk.members(folder.id()));
  }

  /**
   * What a member of the safe may do in a folder from now on. Who cannot read the folder only
   * proposes that somebody reads it.
   */
  public CompletableFuture<RightChange> setRight(
      SafeFolder folder, String login, FolderRight right) {
    return on(() -> desk.set(folder.id(), login, right));
  }

  /**
   * What a group that is in the safe may do in a folder from now on, and everybody who is in it.
   * Who cannot read the folder puts groups out and lets none in; nor does who is not in a group
   * that has no right there yet.
   */
  public CompletableFuture<RightChange> setGroupRight(
      SafeFolder folder, RoomId group, FolderRight right) {
    return on(() -> groups.set(folder.id(), group, right));
  }

  /**
   * What became of a change.
   *
   * @param proposed whether somebody who reads the folder must still say the same
   * @param rotate what somebody could open who cannot any more, as far as this member can
   * @param groups by which somebody who is to have no right reads it all the same
   * @param unread whether something in it does not verify, so that {@code rotate} says nothing; the
   *     right is changed all the same
   */
  public record RightChange(
      boolean proposed, List<SafeItem> rotate, List<RoomId> groups, boolean unread) {
    public RightChange {
      rotate = List.copyOf(rotate);
      groups = List.copyOf(groups);
    }
  }

  /**
   * Moves a folder, with all that is in it, within this safe or to another one, where those who are
   * not members are put out of it. Signed under both parents: this member must administer both, and
   * the folder with full rights.
   */
  public CompletableFuture<SafeFolder> move(SafeFolder folder, Safe to, String path) {
    return on(() -> moves.move(folder.id(), to.tree(), path));
  }

  /**
   * Removes a folder, for everybody. Fails with {@code REFUSED} ({@code folder-not-empty}) where
   * something is in it.
   *
   * @param evenIfFull removes what is in it for good; a folder that this member cannot read goes
   *     that way alone
   */
  public CompletableFuture<Void> remove(SafeFolder folder, boolean evenIfFull) {
    return on(() -> moves.remove(folder, evenIfFull));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }
}
