package dev.zamok.client.safe;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.util.concurrent.CompletableFuture;

/** Somebody whose program writes items of ids that he chooses. */
public final class Planter {
  private Planter() {}

  public static CompletableFuture<?> plant(Safe safe, String folder, ItemId id, Bytes content) {
    return safe.on(
        () ->
            safe.tree()
                .look()
                .thenCompose(
                    view -> {
                      Spot spot = view.target(folder);
                      return spot.branch().writer().write(id, 0, spot.body(false, folder, content));
                    }));
  }
}
