package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.room.SealedItems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is done now and then to everything in a safe, in every room of it that this member writes
 * in. Thread-safe; see {@link dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class SafeUpkeep {
  private final Loop loop;
  private final SafeTree tree;

  SafeUpkeep(Loop loop, SafeTree tree) {
    this.loop = loop;
    this.tree = tree;
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
    /** Null for nothing to do. */
    SealedItems.@Nullable Write of(Spot spot, SafeItem item);
  }

  private CompletableFuture<Integer> everywhere(Rewriting rewriting) {
    return Futures.on(loop, () -> tree.look().thenCompose(view -> everywhere(view, rewriting)));
  }

  /** Yields how many items that were; what does not verify is left alone. */
  private CompletableFuture<Integer> everywhere(SafeView view, Rewriting rewriting) {
    int[] count = {0};
    return Futures.each(
            view.spots(),
            spot ->
                tree.contents(spot)
                    .thenCompose(contents -> writes(spot, contents, rewriting))
                    .thenAccept(n -> count[0] += n))
        .thenApply(done -> count[0]);
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
}
