package dev.zamok.client.safe;

import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Items go from one room to another: sealed anew there, with a new id, as the first version; then
 * removed here for good. So a crash between the two leaves both, never none, and what somebody
 * changes here meanwhile stays. Earlier versions do not go along. Belongs to the client's loop.
 *
 * <p>Fails with {@code NOT_ALLOWED} before anything is written, with {@code REFUSED} ({@code
 * version-conflict}) when somebody changed an item meanwhile: then both are there.
 */
final class ItemMoves {
  private ItemMoves() {}

  /** Yields the item as it is there. */
  static CompletableFuture<SafeItem> move(Spot from, SafeItem item, Spot to, ItemBody body) {
    from.requireWriter();
    to.requireWriter();
    return to.branch()
        .writer()
        .write(to.branch().engine().items().newId(), 0, body)
        .thenCompose(
            made ->
                from.branch()
                    .writer()
                    .inBatches(List.of(SafeWriter.remove(item)))
                    .thenApply(done -> to.shown(made)));
  }

  /** All of them, under the same paths and in the trash or not as they are; yields how many. */
  static CompletableFuture<Integer> move(Spot from, List<SafeItem> items, Spot to) {
    from.requireWriter();
    to.requireWriter();
    List<SealedItems.Write> puts = new ArrayList<>(items.size());
    List<SealedItems.Write> removals = new ArrayList<>(items.size());
    for (SafeItem item : items) {
      ItemId id = to.branch().engine().items().newId();
      ItemBody body = to.body(item.trashed(), item.folder(), item.content());
      puts.add(SafeWriter.put(id, 0, body));
      removals.add(SafeWriter.remove(item));
    }
    return to.branch()
        .writer()
        .inBatches(puts)
        .thenCompose(done -> from.branch().writer().inBatches(removals));
  }
}
