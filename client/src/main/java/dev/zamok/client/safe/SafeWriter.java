package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.item.ItemBody;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** Writes secrets of one safe. Belongs to the client's loop. */
final class SafeWriter {
  private static final int BATCH_ITEMS = 100;
  private static final int BATCH_BYTES = 512 << 10;

  private final RoomEngine engine;
  private final Shelf shelf;

  SafeWriter(RoomEngine engine, Shelf shelf) {
    this.engine = engine;
    this.shelf = shelf;
  }

  /** Fails with {@code REFUSED} ({@code item-invalid}). */
  static ItemBody body(boolean trashed, boolean resealed, String folder, Bytes content) {
    try {
      return new ItemBody(trashed, resealed, folder, content);
    } catch (MalformedException e) {
      throw ClientProblem.refused(Kind.REFUSED, "item-invalid", String.valueOf(e.getMessage()), 0);
    }
  }

  static ItemBody body(boolean trashed, boolean resealed, SafeItem item) {
    return body(trashed, resealed, item.place().inner(), item.content());
  }

  static SealedItems.Write put(ItemId id, int replaces, ItemBody body) {
    return new SealedItems.Write(id, replaces, ItemBody.KIND_SECRET, Bytes.wrap(body.encode()));
  }

  static SealedItems.Write remove(SafeItem seen) {
    return remove(seen.id(), seen.version());
  }

  static SealedItems.Write remove(ItemId id, int version) {
    return new SealedItems.Write(id, version, ItemBody.KIND_SECRET, null);
  }

  /** Yields the version as everybody sees it now. */
  CompletableFuture<SafeItem> write(ItemId id, int replaces, ItemBody body) {
    return engine
        .open()
        .thenCompose(done -> engine.items().write(List.of(put(id, replaces, body))))
        .thenCompose(done -> written(shelf.versions(id, replaces + 1)))
        .thenApply(
            versions ->
                versions.stream()
                    .filter(item -> item.version() == replaces + 1)
                    .findFirst()
                    .orElseThrow(() -> ClientProblem.tampered("what was written is not there")));
  }

  /** It is written, whether it can be read back at this moment or not. */
  private static <T> CompletableFuture<T> written(CompletableFuture<T> readBack) {
    return readBack.exceptionally(
        failure -> {
          ClientProblem problem = ClientProblem.in(failure);
          if (problem.isLoud()) {
            throw problem;
          }
          throw ClientProblem.unavailable("it was written, but cannot be read back now", true);
        });
  }

  CompletableFuture<Integer> inBatches(List<SealedItems.Write> writes) {
    return inBatches(writes, count -> {});
  }

  /**
   * Each batch all or nothing; a failure leaves those before it written.
   *
   * @param written hears how many there were in each batch that is
   */
  CompletableFuture<Integer> inBatches(List<SealedItems.Write> writes, IntConsumer written) {
    List<List<SealedItems.Write>> batches = new ArrayList<>();
    List<SealedItems.Write> batch = new ArrayList<>();
    int bytes = 0;
    for (SealedItems.Write write : writes) {
      Bytes body = write.body();
      int size = body == null ? 0 : body.size();
      if (batch.size() == BATCH_ITEMS || (bytes + size > BATCH_BYTES && !batch.isEmpty())) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(write);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return Futures.each(
            batches,
            one -> engine.items().write(one).thenAccept(done -> written.accept(one.size())))
        .thenApply(done -> writes.size());
  }
}
