package dev.zamok.client.loop;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs asynchronous steps one after the other, whatever becomes of each. Belongs to one loop. */
public final class Serial {
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  public <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> next =
        last.handle((value, failure) -> value).thenCompose(before -> Futures.guard(step));
    last = next;
    return next;
  }
}
