package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.contact.Directory;
import dev.zamok.client.group.Group;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Who is in a safe, people and groups, changed by its admins. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class SafeSharing {
  private final Loop loop;
  private final Directory directory;
  private final RoomEngine engine;
  private final Shelf shelf;
  private final Folders folders;

  /** What happens to the safe's folders when its members change. */
  record Folders(FolderFollowing following, FolderExits exits, FolderGroups groups) {}

  SafeSharing(Loop loop, Directory directory, Branch safe, Folders folders) {
    this.loop = loop;
    this.directory = directory;
    this.engine = safe.engine();
    this.shelf = safe.shelf();
    this.folders = folders;
  }

  /**
   * Adds a member, or changes the role of one. An admin of the safe administers its folders too,
   * without reading those he has no right to.
   */
  public CompletableFuture<Void> share(String login, Role role) {
    return on(() -> directory.lookup(login).thenCompose(contact -> put(contact, role)));
  }

  /** The same, for the very card whose fingerprint somebody compared. */
  public CompletableFuture<Void> share(Contact contact, Role role) {
    return on(() -> put(contact, role));
  }

  private CompletableFuture<Void> put(Contact contact, Role role) {
    return engine
        .people()
        .put(contact, role)
        .thenCompose(done -> folders.following().roleChanged(contact.account()));
  }

  /**
   * Shuts a member out of the safe and all its folders: there is a new secret of the safe when this
   * completes, and one of each folder that he could read and this member can.
   *
   * <p>The safe comes first: this fails while he is in it. What fails afterwards is told with the
   * rest, and done when this is called again, of somebody who is in folders alone. Nobody who waits
   * is let in by it.
   */
  public CompletableFuture<Revoked> revoke(String login) {
    return on(
        () ->
            engine
                .people()
                .admittingNobody(
                    () ->
                        engine
                            .people()
                            .findMember(login)
                            .thenCompose(
                                member ->
                                    member.map(this::remove).orElseGet(() -> putOut(login)))));
  }

  private CompletableFuture<Revoked> remove(Contact contact) {
    return engine
        .people()
        .remove(contact)
        .thenCompose(done -> afterwards(() -> folders.exits().putOut(contact.account())));
  }

  private CompletableFuture<Revoked> afterwards(Supplier<CompletableFuture<Revoked>> inFolders) {
    return inFolders
        .get()
        .exceptionally(failure -> Revoked.NOTHING.failing(engine.id(), ClientProblem.in(failure)))
        .thenCompose(
            revoked ->
                inSafe()
                    .handle(
                        (items, failure) ->
                            failure == null
                                ? revoked.with(items)
                                : revoked.failing(engine.id(), ClientProblem.in(failure))));
  }

  /**
   * Somebody who is not in the safe: in folders, after a revocation that did not come to its end.
   */
  private CompletableFuture<Revoked> putOut(String login) {
    return directory
        .lookup(login)
        .thenCompose(contact -> folders.exits().putOut(contact.account()))
        .thenApply(revoked -> ofSomebody(revoked, "no member of the safe has that login"));
  }

  /** Fails with {@code REFUSED} ({@code not-found}) where nobody was put out anywhere. */
  private static Revoked ofSomebody(Revoked revoked, String otherwise) {
    if (revoked.folders().isEmpty() && revoked.failed().isEmpty()) {
      throw ClientProblem.refused(Kind.REFUSED, "not-found", otherwise, 0);
    }
    return revoked;
  }

  private CompletableFuture<List<SafeItem>> inSafe() {
    return shelf.contents().thenApply(SafeContents::items);
  }

  /**
   * Makes a group a reader or writer, or changes which of the two: its members read, and may write,
   * as one. What they write names the group alone.
   */
  public CompletableFuture<Void> shareWithGroup(Group group, Role role) {
    return on(() -> engine.people().putGroup(group.id(), role));
  }

  /** As {@link #revoke}, of a group. */
  public CompletableFuture<Revoked> revokeGroup(RoomId group) {
    return on(
        () ->
            engine
                .people()
                .admittingNobody(
                    () -> engine.people().members().thenCompose(members -> putOutGroup(group))));
  }

  private CompletableFuture<Revoked> putOutGroup(RoomId group) {
    return engine.people().hasGroup(group)
        ? engine
            .people()
            .removeGroup(group)
            .thenCompose(done -> afterwards(() -> folders.exits().putOutGroup(group)))
        : folders
            .exits()
            .putOutGroup(group)
            .thenApply(revoked -> ofSomebody(revoked, "that group is no member of the safe"));
  }

  /** What a group can open in the safe and its folders, as far as this member can. */
  public CompletableFuture<List<SafeItem>> openTo(RoomId group) {
    return on(() -> folders.groups().open(group));
  }

  /** The groups in the safe by which somebody reads it, whatever he is in it himself. */
  public CompletableFuture<List<RoomId>> groupsOf(String login) {
    return on(() -> directory.lookup(login).thenCompose(engine.people()::groupsOf));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }
}
