package dev.zamok.roomlog.local;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** Something asked of the log that needs the writer, and whoever waits for it. */
final class Task<T> {
  private final Context context;
  private final Decision<T> decision;
  private final int bytes;
  private final Promise<T> promise = Promise.promise();
  private @Nullable T result;
  private @Nullable RuntimeException refusal;

  /**
   * What to do to the draft of the next commit; throws {@link Rejection}, {@link Unavailable} or
   * {@link MalformedException} before it changed any.
   */
  @FunctionalInterface
  interface Decision<T> {
    @Nullable T decide(Draft draft);
  }

  /**
   * @param bytes what it takes in the queue and in a chunk, about
   */
  Task(Context context, int bytes, Decision<T> decision) {
    this.context = context;
    this.bytes = bytes;
    this.decision = decision;
  }

  Context context() {
    return context;
  }

  int bytes() {
    return bytes;
  }

  Future<T> future() {
    return promise.future();
  }

  /** On the writer's thread. */
  void decide(Draft draft) {
    try {
      result = decision.decide(draft);
    } catch (Rejection | Unavailable | MalformedException e) {
      // Its own fault: the others in the batch must not suffer for it.
      refusal = e;
    }
  }

  /** On the context, after the commit. */
  void complete() {
    if (refusal != null) {
      promise.fail(refusal);
    } else {
      promise.complete(result);
    }
  }

  /** On the context. */
  void fail(Throwable cause) {
    promise.fail(cause);
  }
}
