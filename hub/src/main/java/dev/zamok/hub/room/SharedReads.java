package dev.zamok.hub.room;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads of the log on one event loop: the same read is under way once, whoever waits for it, and
 * only so many are under way at once.
 */
final class SharedReads {
  private final int atOnceMax;
  private final Map<Key<?>, List<Consumer<AsyncResult<Object>>>> waiting = new HashMap<>();
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int running;

  SharedReads(int atOnceMax) {
    this.atOnceMax = atOnceMax;
  }

  /** What is read; equal keys mean the same result, of the same type. */
  interface Key<T> {}

  /** Calls {@code done} later, or at once. */
  <T> void read(Key<T> key, Supplier<Future<T>> read, Consumer<AsyncResult<T>> done) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // a key stands for one type
    Consumer<AsyncResult<Object>> erased = (Consumer) done;
    List<Consumer<AsyncResult<Object>>> others = waiting.get(key);
    if (others != null) {
      others.add(erased);
      return;
    }
    List<Consumer<AsyncResult<Object>>> all = new ArrayList<>(1);
    all.add(erased);
    waiting.put(key, all);
    queue.add(() -> start(key, read.get().map(result -> (Object) result)));
    startSome();
  }

  private void startSome() {
    while (running < atOnceMax && !queue.isEmpty()) {
      running++;
      queue.remove().run();
    }
  }

  private void start(Key<?> key, Future<Object> result) {
    result.onComplete(
        done -> {
          running--;
          List<Consumer<AsyncResult<Object>>> all = waiting.remove(key);
          if (all != null) {
            all.forEach(one -> one.accept(done));
          }
          startSome();
        });
  }
}
