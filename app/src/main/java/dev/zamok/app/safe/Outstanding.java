package dev.zamok.app.safe;

import dev.zamok.app.UserError;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked again and again, whose answers are each given once: whoever gave up
 * waiting for one waits for the same the next time. Belongs to the thread of the command.
 */
final class Outstanding<T> {
  private final Supplier<CompletableFuture<T>> question;
  private @Nullable CompletableFuture<T> asked;

  Outstanding(Supplier<CompletableFuture<T>> question) {
    this.question = question;
  }

  /**
   * Fails with {@link UserError}.
   *
   * @param wait for the answer; fails when it takes too long, or with the question
   */
  T answer(Function<CompletableFuture<T>, T> wait) {
    CompletableFuture<T> before = asked;
    CompletableFuture<T> now = before == null ? question.get() : before;
    asked = now;
    try {
      T answer = wait.apply(now);
      asked = null;
      return answer;
    } catch (UserError e) {
      if (now.isCompletedExceptionally()) {
        asked = null;
      }
      throw e;
    }
  }
}
