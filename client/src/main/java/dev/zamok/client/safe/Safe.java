package dev.zamok.client.safe;

import dev.zamok.client.contact.Contact;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomMember;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.room.SealedInvites;
import dev.zamok.client.room.SealedItems;
import dev.zamok.client.room.Surroundings;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * paths; an item in the trash keeps all its versions until it is purged.
 */
public final class Safe {
  private final Loop loop;
  private final RoomEngine engine;
  private final Shelf shelf;
  private final SafeWriter writer;
  private final Surroundings around;
  private final URI server;

  Safe(Surroundings around, URI server, RoomEngine engine, Shelf shelf) {
    this.around = around;
    this.server = server;
    this.loop = around.loop();
    this.engine = engine;
    this.shelf = shelf;
    this.writer = new SafeWriter(engine, shelf);
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

  /** Everything in it, verified; only what is new since the last time is fetched. */
  public CompletableFuture<SafeContents> contents() {
    return on(() -> engine.open().thenCompose(done -> shelf.contents()));
  }

  /** Fails with {@code REFUSED} ({@code not-found}). */
  public CompletableFuture<SafeItem> item(ItemId id) {
    return on(() -> current(id));
  }

  private CompletableFuture<SafeItem> current(ItemId id) {
    return engine
        .open()
        .thenCompose(done -> shelf.contents())
        .thenApply(
            contents ->
                contents.items().stream()
                    .filter(item -> item.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ClientProblem.refused(
                                Kind.REFUSED, "not-found", "no such item in the safe", 0)));
  }

  /** All versions, oldest first. Empty for an item that is not there or was purged. */
  public CompletableFuture<List<SafeItem>> versions(ItemId id) {
    return on(() -> engine.open().thenCompose(done -> shelf.versions(id)));
  }

  /** A new secret. */
  public CompletableFuture<SafeItem> add(String folder, Bytes content) {
    return on(
        () -> {
          ItemId id = engine.items().newId();
          return writer.write(id, 0, SafeWriter.body(false, false, folder, content));
        });
  }

  /** Many new secrets, in batches; completes with how many there are. */
  public CompletableFuture<Integer> addAll(List<NewItem> items) {
    return on(
        () -> {
          List<SealedItems.Write> writes = new ArrayList<>(items.size());
          for (NewItem item : items) {
            ItemBody body = SafeWriter.body(false, false, item.folder(), item.content());
            writes.add(SafeWriter.put(engine.items().newId(), 0, body));
          }
          return engine.open().thenCompose(done -> writer.inBatches(writes));
        });
  }

  /** A secret to be. */
  public record NewItem(String folder, Bytes content) {
    @Override
    public String toString() {
      return "NewItem[" + content.size() + " bytes]";
    }
  }

  /**
   * The next version after {@code seen}, in {@code folder}.
   *
   * @param seen the newest version that the editor knows
   */
  public CompletableFuture<SafeItem> edit(SafeItem seen, String folder, Bytes content) {
    return on(
        () ->
            writer.write(
                seen.id(), seen.version(), SafeWriter.body(false, false, folder, content)));
  }

  /** Lays it into the trash. */
  public CompletableFuture<SafeItem> trash(SafeItem seen) {
    return on(() -> writer.write(seen.id(), seen.version(), SafeWriter.body(true, false, seen)));
  }

  /** Takes it out of the trash. */
  public CompletableFuture<SafeItem> restore(SafeItem seen) {
    return on(() -> writer.write(seen.id(), seen.version(), SafeWriter.body(false, false, seen)));
  }

  /** Makes an earlier version the newest again. */
  public CompletableFuture<SafeItem> restore(SafeItem seen, SafeItem earlier) {
    if (!seen.id().equals(earlier.id())) {
      throw new IllegalArgumentException("versions of two items");
    }
    return on(
        () -> writer.write(seen.id(), seen.version(), SafeWriter.body(false, false, earlier)));
  }

  /** Removes it for good, with all its versions. */
  public CompletableFuture<Void> purge(SafeItem seen) {
    return on(
        () ->
            engine
                .open()
                .thenCompose(done -> engine.items().write(List.of(SafeWriter.remove(seen)))));
  }

  /** Purges what lies in the trash for longer than that; yields how many. */
  public CompletableFuture<Integer> purgeTrash(Duration retention) {
    return on(
        () ->
            engine
                .open()
                .thenCompose(done -> shelf.contents())
                .thenCompose(
                    contents -> {
                      long before = loop.wallMillis() - retention.toMillis();
                      return writer.inBatches(
                          contents.items().stream()
                              .filter(item -> item.trashed() && item.timeMillis() <= before)
                              .map(SafeWriter::remove)
                              .toList());
                    }));
  }

  /**
   * Seals everything anew that lies under an older secret than the newest; yields how many items
   * that were. Editing an item does the same for that item.
   */
  public CompletableFuture<Integer> reseal() {
    return on(
        () ->
            engine
                .open()
                .thenCompose(done -> shelf.contents())
                .thenCompose(
                    contents ->
                        engine
                            .items()
                            .sync()
                            .thenCompose(
                                chain -> {
                                  List<SealedItems.Write> writes = new ArrayList<>();
                                  for (SafeItem item : contents.items()) {
                                    if (item.place().generation() < chain.generation()) {
                                      ItemBody body = SafeWriter.body(item.trashed(), true, item);
                                      writes.add(SafeWriter.put(item.id(), item.version(), body));
                                    }
                                  }
                                  return writer.inBatches(writes);
                                })));
  }

  /** Adds a member, or changes the role of one. */
  public CompletableFuture<Void> share(String login, Role role) {
    return on(
        () -> around.directory().lookup(login).thenCompose(contact -> engine.put(contact, role)));
  }

  /** The same, for the very card whose fingerprint somebody compared. */
  public CompletableFuture<Void> share(Contact contact, Role role) {
    return on(() -> engine.put(contact, role));
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
   * Shuts a member out: there is a new secret when this completes. Yields what he could open, to be
   * changed where it is used.
   */
  public CompletableFuture<List<SafeItem>> revoke(String login) {
    return on(
        () ->
            engine
                .member(login)
                .thenCompose(engine::remove)
                .thenCompose(done -> shelf.contents())
                .thenApply(SafeContents::items));
  }

  public CompletableFuture<Void> leave() {
    return on(engine::leave);
  }

  /** Hears of changes from now on; completes when the room is joined. */
  public CompletableFuture<Runnable> listen(SafeListener listener) {
    RoomListener adapter =
        new RoomListener() {
          @Override
          public void onItems() {
            listener.onChange();
          }

          @Override
          public void onWarning(RoomWarning warning) {
            listener.onWarning(warning);
          }
        };
    return on(
        () -> {
          engine.listen(adapter);
          return engine
              .attach(null)
              .thenApply(done -> () -> loop.execute(() -> engine.unlisten(adapter)));
        });
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }

  @Override
  public String toString() {
    return "Safe[" + engine.id() + "]";
  }
}
