package dev.zamok.authority.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Steps one after the other, however many: futures that are composed in a recursion end on the
 * stack, all at once, after some thousand of them. On any thread; one step at a time.
 */
public final class OneByOne {
  private OneByOne() {}

  /** Takes steps until one yields false; fails with the first that fails. */
  public static Future<Void> whileTrue(Supplier<Future<Boolean>> step) {
    Promise<Void> done = Promise.promise();
    goOn(step, done);
    return done.future();
  }

  private static void goOn(Supplier<Future<Boolean>> step, Promise<Void> done) {
    boolean more = true;
    while (more) {
      Future<Boolean> taken;
      try {
        taken = step.get();
      } catch (Throwable e) { // as composing does: whoever waits must hear of it
        done.fail(e);
        return;
      }
      if (!taken.isComplete()) {
        taken.onComplete(
            result -> {
              if (result.failed()) {
                done.fail(result.cause());
              } else if (result.result()) {
                goOn(step, done);
              } else {
                done.complete();
              }
            });
        return;
      }
      if (taken.failed()) {
        done.fail(taken.cause());
        return;
      }
      more = taken.result();
    }
    done.complete();
  }
}
