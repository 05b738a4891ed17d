package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.NewFolder;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A safe: what it is and who is in it. Its secrets are {@link #items}. Folders are paths; where one
 * has rights of its own, what is in it is sealed under a secret of its own, and those who have none
 * to it do not see it: {@link #folders}. Thread-safe; see {@link dev.zamok.client.ZamokClient} for
 * threads and failures.
 */
public final class Safe {
  private final Loop loop;
  private final AccountId self;
  private final RoomEngine engine;
  private final SafeTree tree;
  private final FolderExits exits;
  private final FolderGroups groups;
  private final SafeDoor door;
  private final SafeItems items;
  private final SafeUpkeep upkeep;
  private final SafeSharing sharing;
  private final SafeInvitations invitations;
  private final SafeFolders folders;
  private final SafeAudit audit;

  Safe(
      Surroundings around,
      URI server,
      SafeTree tree,
      SafeAudit.Trail trail,
      Consumer<Admitted> admitted) {
    this.loop = around.loop();
    this.self = around.keys().self().card().account();
    this.tree = tree;
    this.engine = tree.root().engine();
    FolderFollowing following = new FolderFollowing(tree);
    this.exits = new FolderExits(tree);
    this.groups = new FolderGroups(tree);
    this.door = new SafeDoor(tree, following, admitted);
    this.items = new SafeItems(loop, tree, door);
    this.upkeep = new SafeUpkeep(loop, tree);
    this.sharing =
        new SafeSharing(
            loop,
            around.directory(),
            tree.root(),
            new SafeSharing.Folders(following, exits, groups));
    this.invitations = new SafeInvitations(loop, server, engine);
    this.folders =
        new SafeFolders(
            loop, tree, new FolderDesk(tree, new NewFolder(around)), groups, new FolderMoves(tree));
    this.audit = new SafeAudit(loop, tree, trail);
  }

  boolean isOf(RoomEngine other) {
    return engine == other;
  }

  SafeTree tree() {
    return tree;
  }

  public RoomId id() {
    return engine.id();
  }

  /** Its secrets, those in its folders too. */
  public SafeItems items() {
    return items;
  }

  /** What is done to all its secrets now and then. */
  public SafeUpkeep upkeep() {
    return upkeep;
  }

  /** Who is let in and put out. */
  public SafeSharing sharing() {
    return sharing;
  }

  /** Those who are asked in. */
  public SafeInvitations invitations() {
    return invitations;
  }

  /** Its folders with rights of their own. */
  public SafeFolders folders() {
    return folders;
  }

  /** Who did what in it. */
  public SafeAudit audit() {
    return audit;
  }

  CompletableFuture<Boolean> has(RoomId group) {
    return on(() -> groups.has(group));
  }

  /** Empty while this member has not got the key to it. */
  public CompletableFuture<Optional<String>> name() {
    return on(
        () -> engine.open().thenCompose(done -> engine.name()).thenApply(Optional::ofNullable));
  }

  public CompletableFuture<Void> rename(String name) {
    return on(() -> engine.rename(name));
  }

  /** One's own. */
  public CompletableFuture<Role> role() {
    return on(() -> engine.open().thenApply(done -> engine.people().role()));
  }

  /**
   * Present members, those who wait to be let in too; an admin's program lets in first whom it may.
   */
  public CompletableFuture<List<RoomMember>> members() {
    return on(door::members);
  }

  /**
   * Who made it, by its verified chain: only that tells one's own safe from one of the same name in
   * which somebody else put this account. Empty when his card is not served.
   */
  public CompletableFuture<Optional<Contact>> creator() {
    return on(() -> engine.open().thenApply(done -> Optional.ofNullable(engine.creator())));
  }

  /** Whether this account made it, or its user said once that he means it. */
  public CompletableFuture<Boolean> isKnown() {
    return on(
        () ->
            engine
                .open()
                .thenApply(
                    done -> {
                      Contact creator = engine.creator();
                      boolean own = creator != null && creator.account().equals(self);
                      return own || engine.isConfirmed();
                    }));
  }

  /** Remembers on this device that its user means this safe. */
  public CompletableFuture<Void> confirm() {
    return on(
        () -> {
          engine.confirm();
          return CompletableFuture.completedFuture(null);
        });
  }

  /**
   * Leaves its folders too, first: all that can be left. Where one says no, as that of which he is
   * the last admin, he stays in the safe, and yields why. Folders that do not verify hold nobody in
   * a safe into which a stranger has put him.
   */
  public CompletableFuture<Left> leave() {
    return on(
        () ->
            exits
                .leave()
                .exceptionally(
                    failure -> {
                      ClientProblem problem = ClientProblem.in(failure);
                      if (!problem.isLoud()) {
                        throw problem;
                      }
                      return Map.of(id(), problem);
                    })
                .thenCompose(this::leave));
  }

  private CompletableFuture<Left> leave(Map<RoomId, ClientProblem> failed) {
    boolean stays = failed.values().stream().anyMatch(problem -> !problem.isLoud());
    return stays
        ? CompletableFuture.completedFuture(new Left(false, failed))
        : engine.leave().thenApply(done -> new Left(true, failed));
  }

  /**
   * What became of leaving.
   *
   * @param isOut of the safe itself
   * @param failed folders that this member is still in, and why; the safe itself where its folders
   *     could not be looked into
   */
  public record Left(boolean isOut, Map<RoomId, ClientProblem> failed) {
    public Left {
      failed = Map.copyOf(failed);
    }
  }

  /** What happens in it from now on; with {@link #listen}, as it comes. */
  public CompletableFuture<SafeChanges> changes() {
    return on(() -> new SafeChanges(loop, door, tree).begin());
  }

  /**
   * Hears of changes from now on; completes when it is joined, with what ends that. Its folders are
   * joined aside: one that cannot be does not keep it from the others. Cancel the future to give
   * up.
   */
  public CompletableFuture<Runnable> listen(SafeListener listener) {
    SafeEars ears = new SafeEars(loop, door, engine, listener);
    CompletableFuture<Runnable> opened = on(ears::open);
    // Who waits no more has nothing to end it with.
    var unused =
        opened.whenComplete(
            (end, failure) -> {
              if (failure != null) {
                loop.execute(ears::close);
              }
            });
    return opened;
  }

  <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }

  @Override
  public String toString() {
    return "Safe[" + engine.id() + "]";
  }
}
