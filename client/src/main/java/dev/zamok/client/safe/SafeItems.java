package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The secrets of one safe, read and written. Thread-safe; see {@link dev.zamok.client.ZamokClient}
 * for threads and failures.
 *
 * <p>Every write names the version that it replaces, and fails with {@code REFUSED} ({@code
 * version-conflict}) when somebody else was first: nothing is overwritten unseen. An item in the
 * trash keeps all its versions until it is purged.
 */
public final class SafeItems {
  private final Loop loop;
  private final SafeTree tree;
  private final SafeDoor door;

  SafeItems(Loop loop, SafeTree tree, SafeDoor door) {
    this.loop = loop;
    this.tree = tree;
    this.door = door;
  }

  /**
   * Everything in the safe that this member may read, verified; only what is new since the last
   * time is fetched. A folder that does not verify is named, and does not close the rest.
   */
  public CompletableFuture<SafeContents> contents() {
    return on(this::contents);
  }

  private CompletableFuture<SafeContents> contents(SafeView view) {
    return Futures.several(view.spots(), SafeTree.ROOMS_AT_ONCE, tree::contents)
        .thenApply(
            rooms -> {
              List<SafeItem> items = new ArrayList<>();
              List<SafeContents.Unreadable> unreadable = new ArrayList<>();
              List<BrokenFolder> broken =
                  new ArrayList<>(view.closed().broken().folders().values());
              for (SafeContents room : rooms) {
                items.addAll(room.items());
                unreadable.addAll(room.unreadable());
                broken.addAll(room.broken());
              }
              return new SafeContents(items, unreadable, broken);
            });
  }

  /**
   * Fails with {@code REFUSED} ({@code not-found}); loudly where a folder does not verify in which
   * it may lie.
   */
  public CompletableFuture<SafeItem> item(ItemId id) {
    return on(
        view -> {
          Spot spot = view.of(id);
          return spot.branch().shelf().contents().thenApply(contents -> item(spot, contents, id));
        });
  }

  private static SafeItem item(Spot spot, SafeContents contents, ItemId id) {
    return contents.items().stream()
        .filter(item -> item.id().equals(id))
        .findFirst()
        .map(spot::shown)
        .orElseThrow(
            () -> ClientProblem.refused(Kind.REFUSED, "not-found", "no such item in the safe", 0));
  }

  /** All versions, oldest first. Empty for an item that is not there or was purged. */
  public CompletableFuture<List<SafeItem>> versions(ItemId id) {
    return on(
        view -> {
          Spot spot = view.isThere(id) ? view.of(id) : view.root();
          return spot.branch()
              .shelf()
              .versions(id)
              .thenApply(found -> found.stream().map(spot::shown).toList());
        });
  }

  /** A new secret. */
  public CompletableFuture<SafeItem> add(String folder, Bytes content) {
    return on(
        view -> {
          Spot spot = view.target(folder);
          ItemId id = spot.branch().engine().items().newId();
          return write(spot, id, 0, spot.body(false, folder, content));
        });
  }

  /** Many new secrets, in batches; completes with how many there are. */
  public CompletableFuture<Integer> addAll(List<NewItem> items) {
    return addAll(items, count -> {});
  }

  /**
   * The same. A failure leaves those batches written that went before it.
   *
   * @param written hears of each batch how many are written by it, on the client's thread
   */
  public CompletableFuture<Integer> addAll(List<NewItem> items, IntConsumer written) {
    return on(
        view -> {
          Map<Spot, List<SealedItems.Write>> writes = new LinkedHashMap<>();
          for (NewItem item : items) {
            Spot spot = view.target(item.folder());
            ItemId id = spot.branch().engine().items().newId();
            ItemBody body = spot.body(false, item.folder(), item.content());
            writes.computeIfAbsent(spot, s -> new ArrayList<>()).add(SafeWriter.put(id, 0, body));
          }
          writes.keySet().forEach(Spot::requireWriter);
          return Futures.each(
                  writes.entrySet(),
                  one ->
                      one.getKey()
                          .branch()
                          .writer()
                          .inBatches(one.getValue(), written)
                          .thenApply(n -> null))
              .thenApply(done -> items.size());
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
   * The next version after {@code seen}, in {@code folder}. Where that is in another room, because
   * it has rights of its own, the item moves as {@link #move} says.
   *
   * @param seen the newest version that the editor knows
   */
  public CompletableFuture<SafeItem> edit(SafeItem seen, String folder, Bytes content) {
    return on(
        view -> {
          Spot from = view.at(seen.place().room());
          if (folder.equals(seen.folder())) {
            ItemBody body = SafeWriter.body(false, false, seen.place().inner(), content);
            return write(from, seen.id(), seen.version(), body);
          }
          Spot to = view.target(folder);
          ItemBody body = to.body(false, folder, content);
          return from.id().equals(to.id())
              ? write(to, seen.id(), seen.version(), body)
              : ItemMoves.move(from, seen, to, body);
        });
  }

  /**
   * Puts an item into a folder of this safe or another one. Into a room with other members it is
   * sealed anew, as a new item with one version: those who could read it before may have kept it.
   */
  public CompletableFuture<SafeItem> move(SafeItem seen, Safe to, String folder) {
    SafeTree other = to.tree();
    if (other == tree) {
      return edit(seen, folder, seen.content());
    }
    return on(
        view ->
            other
                .look()
                .thenCompose(
                    there -> {
                      Spot target = there.target(folder);
                      ItemBody body = target.body(false, folder, seen.content());
                      return ItemMoves.move(view.at(seen.place().room()), seen, target, body);
                    }));
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
    requireOneItem(seen.id(), seen.place().room(), earlier);
    return rewrite(seen, earlier, false);
  }

  /** As {@link #restore(SafeItem, SafeItem)}, over a version that nobody can open. */
  public CompletableFuture<SafeItem> restore(SafeContents.Unreadable seen, SafeItem earlier) {
    requireOneItem(seen.id(), seen.room(), earlier);
    ItemBody body = SafeWriter.body(false, false, earlier);
    return on(view -> write(view.at(seen.room()), seen.id(), seen.version(), body));
  }

  private static void requireOneItem(ItemId id, RoomId room, SafeItem earlier) {
    if (!id.equals(earlier.id()) || !room.equals(earlier.place().room())) {
      throw new IllegalArgumentException("versions of two items");
    }
  }

  private CompletableFuture<SafeItem> rewrite(SafeItem seen, SafeItem as, boolean trashed) {
    ItemBody body = SafeWriter.body(trashed, false, as.place().inner(), as.content());
    return on(view -> write(view.at(seen.place().room()), seen.id(), seen.version(), body));
  }

  private static CompletableFuture<SafeItem> write(
      Spot spot, ItemId id, int replaces, ItemBody body) {
    return spot.branch().writer().write(id, replaces, body).thenApply(spot::shown);
  }

  /** Removes it for good, with all its versions. */
  public CompletableFuture<Void> purge(SafeItem seen) {
    return remove(seen.place().room(), SafeWriter.remove(seen));
  }

  /** As {@link #purge(SafeItem)}, of an item whose newest version nobody can open. */
  public CompletableFuture<Void> purge(SafeContents.Unreadable seen) {
    return remove(seen.room(), SafeWriter.remove(seen.id(), seen.version()));
  }

  private CompletableFuture<Void> remove(RoomId room, SealedItems.Write removal) {
    return on(view -> view.at(room).branch().engine().items().write(List.of(removal)));
  }

  /** {@code step} on the safe as it is now. */
  private <T> CompletableFuture<T> on(Function<SafeView, CompletableFuture<T>> step) {
    return Futures.on(loop, () -> door.enter().thenCompose(step));
  }
}
