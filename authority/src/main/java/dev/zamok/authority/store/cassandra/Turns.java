package dev.zamok.authority.store.cassandra;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One task at a time per key, in the order they came. Compare-and-sets of one partition get in each
 * other's way, wherever they come from: at least those of this process need not. Thread-safe.
 */
final class Turns<K> {
  private final Map<K, Promise<Void>> last = new HashMap<>();

  <T> Future<T> take(K key, Supplier<Future<T>> task) {
    Promise<Void> mine = Promise.promise();
    Promise<Void> before;
    synchronized (this) {
      before = last.put(key, mine);
    }
    Future<T> result = before == null ? task.get() : before.future().compose(done -> task.get());
    return result.onComplete(
        done -> {
          synchronized (this) {
            last.remove(key, mine);
          }
          mine.complete();
        });
  }
}
