package dev.zamok.client.safe;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.audit.OwnOpenings;
import dev.zamok.client.audit.RoomAudit;
import dev.zamok.client.contact.Contact;
import dev.zamok.client.group.Group;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.NewFolder;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.SealedInvites;
import dev.zamok.client.room.SealedItems;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A safe and its secrets. Thread-safe; see {@link dev.zamok.client.ZamokClient} for threads and
 * failures.
 *
 * <p>Every write names the version that it replaces, and fails with {@code REFUSED} ({@code
 * version-conflict}) when somebody else was first: nothing is overwritten unseen. Folders are
 * paths; where one has rights of its own, what is in it is sealed under a secret of its own, and
 * those who have none to it do not see it. An item in the trash keeps all its versions until it is
 * purged.
 */
public final class Safe {
  private final Loop loop;
  private final RoomEngine engine;
  private final SafeTree tree;
  private final FolderDesk desk;
  private final FolderMoves moves;
  private final Surroundings around;
  private final URI server;
  private final Trail trail;

  /** What is said of openings, and by others. */
  record Trail(OwnOpenings own, RoomAudit audit) {}

  Safe(Surroundings around, URI server, SafeTree tree, Trail trail) {
    this.trail = trail;
    this.around = around;
    this.server = server;
    this.loop = around.loop();
    this.tree = tree;
    this.engine = tree.root().engine();
    this.desk = new FolderDesk(tree, new NewFolder(around));
    this.moves = new FolderMoves(tree);
  }

  boolean isOf(RoomEngine other) {
    return engine == other;
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
    return on(() -> engine.open().thenApply(done -> engine.role()));
  }

  public CompletableFuture<List<RoomMember>> members() {
    return on(engine::members);
  }

  public CompletableFuture<Void> rename(String name) {
    return on(() -> engine.rename(name));
  }

  /**
   * Everything in it that this member may read, verified; only what is new since the last time is
   * fetched.
   */
  public CompletableFuture<SafeContents> contents() {
    return on(() -> tree.look().thenCompose(Safe::contents));
  }

  private static CompletableFuture<SafeContents> contents(SafeView view) {
    List<SafeItem> items = new ArrayList<>();
    List<SafeContents.Unreadable> unreadable = new ArrayList<>();
    return Futures.each(
            view.spots(),
            spot ->
                spot.branch()
                    .shelf()
                    .contents()
                    .thenAccept(
                        found -> {
                          found.items().forEach(item -> items.add(spot.shown(item)));
                          unreadable.addAll(found.unreadable());
                        }))
        .thenApply(done -> new SafeContents(items, unreadable));
  }

  /** Fails with {@code REFUSED} ({@code not-found}). */
  public CompletableFuture<SafeItem> item(ItemId id) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Spot spot = view.of(id);
                      return spot.branch()
                          .shelf()
                          .contents()
                          .thenApply(
                              contents ->
                                  contents.items().stream()
                                      .filter(item -> item.id().equals(id))
                                      .findFirst()
                                      .map(spot::shown)
                                      .orElseThrow(
                                          () ->
                                              ClientProblem.refused(
                                                  Kind.REFUSED,
                                                  "not-found",
                                                  "no such item in the safe",
                                                  0)));
                    }));
  }

  /** All versions, oldest first. Empty for an item that is not there or was purged. */
  public CompletableFuture<List<SafeItem>> versions(ItemId id) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Spot spot = view.isThere(id) ? view.of(id) : view.root();
                      return spot.branch()
                          .shelf()
                          .versions(id)
                          .thenApply(found -> found.stream().map(spot::shown).toList());
                    }));
  }

  /** A new secret. */
  public CompletableFuture<SafeItem> add(String folder, Bytes content) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Spot spot = view.target(folder);
                      ItemId id = spot.branch().engine().items().newId();
                      return write(spot, id, 0, spot.body(false, folder, content));
                    }));
  }

  private static CompletableFuture<SafeItem> write(
      Spot spot, ItemId id, int replaces, ItemBody body) {
    return spot.branch().writer().write(id, replaces, body).thenApply(spot::shown);
  }

  /** Many new secrets, in batches; completes with how many there are. */
  public CompletableFuture<Integer> addAll(List<NewItem> items) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Map<Spot, List<SealedItems.Write>> writes = new LinkedHashMap<>();
                      for (NewItem item : items) {
                        Spot spot = view.target(item.folder());
                        ItemBody body = spot.body(false, item.folder(), item.content());
                        writes
                            .computeIfAbsent(spot, s -> new ArrayList<>())
                            .add(SafeWriter.put(spot.branch().engine().items().newId(), 0, body));
                      }
                      writes.keySet().forEach(Spot::requireWriter);
                      return Futures.each(
                          writes.entrySet(),
                          one ->
                              one.getKey()
                                  .branch()
                                  .writer()
                                  .inBatches(one.getValue())
                                  .thenApply(n -> null));
                    })
                .thenApply(done -> items.size()));
  }

  /** A secret to be. */
  public record NewItem(String folder, Bytes content) {
    @Override
    public String toString() {
      return "NewItem[" + content.size() + " bytes]";
    }
  }

  /**
   * The next version after {@code seen}, in {@code folder}. Where that is in another room, because
   * it has rights of its own, the item moves as {@link #move} says.
   *
   * @param seen the newest version that the editor knows
   */
  public CompletableFuture<SafeItem> edit(SafeItem seen, String folder, Bytes content) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Spot from = view.at(seen.place().room());
                      if (folder.equals(seen.folder())) {
                        String inner = seen.place().inner();
                        return write(
                            from,
                            seen.id(),
                            seen.version(),
                            SafeWriter.body(false, false, inner, content));
                      }
                      Spot to = view.target(folder);
                      ItemBody body = to.body(false, folder, content);
                      return from.id().equals(to.id())
                          ? write(to, seen.id(), seen.version(), body)
                          : ItemMoves.move(from, seen, to, body);
                    }));
  }

  /**
   * Puts an item into a folder of this safe or another one. Into a room with other members it is
   * sealed anew, as a new item with one version: those who could read it before may have kept it.
   */
  public CompletableFuture<SafeItem> move(SafeItem seen, Safe to, String folder) {
    if (to == this) {
      return edit(seen, folder, seen.content());
    }
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view ->
                        to.tree
                            .look()
                            .thenCompose(
                                there -> {
                                  Spot target = there.target(folder);
                                  ItemBody body = target.body(false, folder, seen.content());
                                  Spot from = view.at(seen.place().room());
                                  return ItemMoves.move(from, seen, target, body);
                                })));
  }

  /** Lays it into the trash. */
  public CompletableFuture<SafeItem> trash(SafeItem seen) {
    return rewrite(seen, seen, true);
  }

  /** Takes it out of the trash. */
  public CompletableFuture<SafeItem> restore(SafeItem seen) {
    return rewrite(seen, seen, false);
  }

  /** Makes an earlier version the newest again. */
  public CompletableFuture<SafeItem> restore(SafeItem seen, SafeItem earlier) {
    if (!seen.id().equals(earlier.id()) || !seen.place().room().equals(earlier.place().room())) {
      throw new IllegalArgumentException("versions of two items");
    }
    return rewrite(seen, earlier, false);
  }

  private CompletableFuture<SafeItem> rewrite(SafeItem seen, SafeItem as, boolean trashed) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      Spot spot = view.at(seen.place().room());
                      String inner = as.place().inner();
                      ItemBody body = SafeWriter.body(trashed, false, inner, as.content());
                      return write(spot, seen.id(), seen.version(), body);
                    }));
  }

  /** Removes it for good, with all its versions. */
  public CompletableFuture<Void> purge(SafeItem seen) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view ->
                        view.at(seen.place().room())
                            .branch()
                            .engine()
                            .items()
                            .write(List.of(SafeWriter.remove(seen)))));
  }

  /** As {@link #purge(SafeItem)}, of an item whose newest version nobody can open. */
  public CompletableFuture<Void> purge(SafeContents.Unreadable seen) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view ->
                        spotOf(view, seen)
                            .thenCompose(
                                branch ->
                                    branch
                                        .engine()
                                        .items()
                                        .write(
                                            List.of(
                                                SafeWriter.remove(seen.id(), seen.version()))))));
  }

  /** Makes an earlier version the newest again, over one that nobody can open. */
  public CompletableFuture<SafeItem> restore(SafeContents.Unreadable seen, SafeItem earlier) {
    if (!seen.id().equals(earlier.id())) {
      throw new IllegalArgumentException("versions of two items");
    }
    return on(
        () ->
            tree.look()
                .thenCompose(view -> spotOf(view, seen))
                .thenCompose(
                    branch ->
                        branch
                            .writer()
                            .write(
                                seen.id(),
                                seen.version(),
                                SafeWriter.body(false, false, earlier))));
  }

  /** The room in which that item cannot be opened. */
  private static CompletableFuture<Branch> spotOf(SafeView view, SafeContents.Unreadable seen) {
    List<Branch> holding = new ArrayList<>();
    return Futures.each(
            view.spots(),
            spot ->
                spot.branch()
                    .shelf()
                    .contents()
                    .thenAccept(
                        contents -> {
                          if (contents.unreadable().stream()
                              .anyMatch(one -> one.id().equals(seen.id()))) {
                            holding.add(spot.branch());
                          }
                        }))
        .thenApply(
            done -> {
              if (holding.isEmpty()) {
                throw ClientProblem.refused(
                    Kind.REFUSED, "not-found", "no such item in the safe", 0);
              }
              return holding.get(0);
            });
  }

  /** Purges what lies in the trash for longer than that; yields how many. */
  public CompletableFuture<Integer> purgeTrash(Duration retention) {
    long before = loop.wallMillis() - retention.toMillis();
    return everywhere(
        (spot, item) ->
            item.trashed() && item.timeMillis() <= before ? SafeWriter.remove(item) : null);
  }

  /**
   * Seals everything anew that lies under an older secret than the newest; yields how many items
   * that were. Editing an item does the same for that item.
   */
  public CompletableFuture<Integer> reseal() {
    return everywhere(
        (spot, item) ->
            item.place().generation() < spot.chain().generation()
                ? SafeWriter.put(
                    item.id(), item.version(), SafeWriter.body(item.trashed(), true, item))
                : null);
  }

  private interface Rewriting {
    /** Null for nothing to do; the item names its folder from its own room on. */
    SealedItems.@Nullable Write of(Spot spot, SafeItem item);
  }

  /** In every room of the safe that this member writes in; yields how many items that were. */
  private CompletableFuture<Integer> everywhere(Rewriting rewriting) {
    return on(
        () ->
            tree.look()
                .thenCompose(
                    view -> {
                      int[] count = {0};
                      return Futures.each(
                              view.spots(),
                              spot ->
                                  spot.branch()
                                      .shelf()
                                      .contents()
                                      .thenCompose(contents -> writes(spot, contents, rewriting))
                                      .thenAccept(n -> count[0] += n))
                          .thenApply(done -> count[0]);
                    }));
  }

  private static CompletableFuture<Integer> writes(
      Spot spot, SafeContents contents, Rewriting rewriting) {
    List<SealedItems.Write> writes = new ArrayList<>();
    for (SafeItem item : contents.items()) {
      SealedItems.Write write = rewriting.of(spot, item);
      if (write != null) {
        writes.add(write);
      }
    }
    // In a folder that one may only read there is nothing to be done.
    return writes.isEmpty() || (!spot.path().isEmpty() && !spot.branch().writes())
        ? CompletableFuture.completedFuture(0)
        : spot.branch().writer().inBatches(writes);
  }

  /**
   * Tells the admins that this item was shown or used. Fails with {@code UNAVAILABLE} when the
   * server is away: then it is told with the next one.
   */
  public CompletableFuture<Void> noteOpened(SafeItem item) {
    return on(() -> trail.own().note(Opening.What.ITEM, item.id(), item.version()));
  }

  /** As {@link #noteOpened}, of everything in it, listed or searched. */
  public CompletableFuture<Void> noteListed() {
    return on(() -> trail.own().note(Opening.What.LIST, null, 0));
  }

  /** As {@link #noteOpened}, of everything in it, written to a file. */
  public CompletableFuture<Void> noteExported() {
    return on(() -> trail.own().note(Opening.What.EXPORT, null, 0));
  }

  /**
   * Who opened (as clients say), changed, shared and removed, oldest first; for admins. Fails with
   * {@code NOT_ALLOWED}, and loudly when the server dropped or changed what was there before.
   */
  public CompletableFuture<List<AuditEvent>> audit() {
    return on(
        () ->
            engine
                .open()
                .thenCompose(done -> engine.items().statements())
                .thenCompose(
                    statements ->
                        engine
                            .items()
                            .sync()
                            .thenCompose(chain -> trail.audit().events(chain, statements))));
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
                      boolean own =
                          creator != null
                              && creator.account().equals(around.keys().self().card().account());
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
   * Invites somebody who may have no account yet. The code is shown here and never again.
   *
   * @param email where a letter with the link goes; null for none
   */
  public CompletableFuture<Invitation> invite(Role role, Duration life, @Nullable String email) {
    return on(
        () ->
            engine
                .open()
                .thenCompose(
                    done ->
                        engine
                            .invites()
                            .invite(role, loop.wallMillis() + life.toMillis() - 1, email))
                .thenApply(
                    made ->
                        new Invitation(
                            made.index(),
                            new InviteLink(id(), made.index(), Bytes.EMPTY).at(server),
                            made.code().toText(),
                            made.letter())));
  }

  /** Those that are open, by the verified chain. */
  public CompletableFuture<List<SealedInvites.Open>> invitations() {
    return on(() -> engine.open().thenCompose(done -> engine.invites().open()));
  }

  /** Fails with {@code REFUSED} ({@code not-found}) when it is not open. */
  public CompletableFuture<Void> withdraw(int invitation) {
    return on(() -> engine.open().thenCompose(done -> engine.invites().withdraw(invitation)));
  }

  /**
   * Makes a group a reader or writer, or changes which of the two: its members read, and may write,
   * as one. What they write names the group alone.
   */
  public CompletableFuture<Void> shareWithGroup(Group group, Role role) {
    return on(() -> engine.putGroup(group.id(), role));
  }

  /** As {@link #revoke}, of a group; in the safe itself, folders take no groups in. */
  public CompletableFuture<List<SafeItem>> revokeGroup(RoomId group) {
    return on(
        () ->
            engine
                .removeGroup(group)
                .thenCompose(done -> tree.root().shelf().contents())
                .thenApply(SafeContents::items));
  }

  /**
   * Adds a member, or changes the role of one. An admin of the safe administers its folders too,
   * without reading those he has no right to.
   */
  public CompletableFuture<Void> share(String login, Role role) {
    return on(() -> around.directory().lookup(login).thenCompose(contact -> put(contact, role)));
  }

  /** The same, for the very card whose fingerprint somebody compared. */
  public CompletableFuture<Void> share(Contact contact, Role role) {
    return on(() -> put(contact, role));
  }

  private CompletableFuture<Void> put(Contact contact, Role role) {
    return engine.put(contact, role).thenCompose(done -> moves.roleChanged(contact));
  }

  /**
   * Shuts a member out of the safe and all its folders: there is a new secret of the safe when this
   * completes, and one of each folder that he could read and this member can. Yields what he could
   * open, to be changed where it is used.
   *
   * <p>The safe comes first and no folder holds it up. Fails when he is out of it, and of the other
   * folders, but not of all.
   */
  public CompletableFuture<List<SafeItem>> revoke(String login) {
    return on(
        () ->
            engine
                .member(login)
                .thenCompose(
                    contact -> engine.remove(contact).thenCompose(done -> moves.putOut(contact)))
                .thenCompose(
                    inFolders ->
                        tree.root()
                            .shelf()
                            .contents()
                            .thenApply(
                                contents -> {
                                  List<SafeItem> all = new ArrayList<>(contents.items());
                                  all.addAll(inFolders);
                                  return all;
                                })));
  }

  /** The groups in the safe by which somebody reads it, whatever he is in it himself. */
  public CompletableFuture<List<RoomId>> groupsOf(String login) {
    return on(() -> around.directory().lookup(login).thenCompose(engine::groupsOf));
  }

  /** All folders with rights of their own, those too that this member cannot read. */
  public CompletableFuture<List<SafeFolder>> folders() {
    return on(() -> tree.look().thenApply(view -> List.copyOf(view.folders())));
  }

  /**
   * Gives a folder rights of its own. What lies under its path in the room that it is in moves into
   * it, see {@link #move}. This member must administer that room.
   *
   * @param rights of members of the safe, by login; those not named have none
   */
  public CompletableFuture<SafeFolder> createFolder(String path, Map<String, FolderRight> rights) {
    return on(() -> desk.create(path, rights));
  }

  /** Who reads it, administers it, or is proposed to. */
  public CompletableFuture<List<FolderMember>> folderMembers(SafeFolder folder) {
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
   * What became of a change.
   *
   * @param proposed whether somebody who reads the folder must still say the same
   * @param rotate what somebody could open who cannot any more, as far as this member can
   */
  public record RightChange(boolean proposed, List<SafeItem> rotate) {
    public RightChange {
      rotate = List.copyOf(rotate);
    }
  }

  /**
   * Moves a folder with rights of its own, with all that is in it, within this safe or to another
   * one, where those who are not members are put out of it. Signed under both parents: this member
   * must administer both, and the folder with full rights.
   */
  public CompletableFuture<SafeFolder> moveFolder(SafeFolder folder, Safe to, String path) {
    return on(() -> moves.move(folder.id(), to.tree, path));
  }

  /**
   * Removes a folder with rights of its own, for everybody. Fails with {@code REFUSED} ({@code
   * folder-not-empty}) where something is in it.
   *
   * @param evenIfFull removes what is in it for good; a folder that this member cannot read goes
   *     that way alone
   */
  public CompletableFuture<Void> removeFolder(SafeFolder folder, boolean evenIfFull) {
    return on(() -> moves.remove(folder, evenIfFull));
  }

  /** Leaves its folders too, first; fails where nobody would administer what is left. */
  public CompletableFuture<Void> leave() {
    return on(() -> moves.leave().thenCompose(done -> engine.leave()));
  }

  /** Hears of changes from now on; completes when its rooms are joined. */
  public CompletableFuture<Runnable> listen(SafeListener listener) {
    return on(() -> new SafeEars(loop, tree, listener).open());
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }

  @Override
  public String toString() {
    return "Safe[" + engine.id() + "]";
  }
}
