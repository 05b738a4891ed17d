package dev.zamok.authority.store.cassandra;

import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a bounded number of calls in; those beyond are refused at once. Thread-safe. */
final class Gate {
  private final Vertx vertx;
  private final int max;
  private int inside;
  private @Nullable Promise<Void> closed;

  Gate(Vertx vertx, int max) {
    this.vertx = vertx;
    this.max = max;
  }

  /**
   * Fails with {@link Unavailable} when too many are inside, or it is closed. The result comes on
   * the caller's context, wherever the call ends.
   */
  <T> Future<T> pass(Supplier<Future<T>> call) {
    synchronized (this) {
      if (closed != null) {
        return Future.failedFuture(new Unavailable("the store is closed", false));
      }
      if (inside >= max) {
        return Future.failedFuture(
            new Unavailable("%d calls of the store are under way".formatted(max), false));
      }
      inside++;
    }
    PromiseInternal<T> answer = ((VertxInternal) vertx).getOrCreateContext().promise();
    Future<T> result;
    try {
      result = call.get();
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
    result.onComplete(
        done -> {
          leave();
          answer.handle(done);
        });
    return answer.future();
  }

  private void leave() {
    Promise<Void> last;
    synchronized (this) {
      inside--;
      last = inside == 0 ? closed : null;
    }
    if (last != null) {
      last.tryComplete();
    }
  }

  /** Lets nobody in any more; done when all are out. */
  synchronized Future<Void> close() {
    if (closed == null) {
      closed = Promise.promise();
      if (inside == 0) {
        closed.complete();
      }
    }
    return closed.future();
  }
}
