package dev.zamok.client.loop;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Tries again what failed because a server was not available, for as long as it is wanted. */
public final class Patience {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration MAX = Duration.ofSeconds(15);

  private final Loop loop;
  private final RandomGenerator jitter;

  public Patience(Loop loop, RandomGenerator jitter) {
    this.loop = loop;
    this.jitter = jitter;
  }

  /** The result of {@code step}, or its failure when that is another one or nobody wants it. */
  public <T> CompletableFuture<T> until(
      BooleanSupplier wanted, Supplier<CompletableFuture<T>> step) {
    return briefly(wanted, Duration.ZERO, step);
  }

  /**
   * As {@link #until}; what is not allowed is tried again, too, for {@code grace}: it may be given
   * in a moment.
   */
  public <T> CompletableFuture<T> briefly(
      BooleanSupplier wanted, Duration grace, Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    long end = loop.monotonicMillis() + grace.toMillis();
    Predicate<Throwable> passes =
        failure ->
            ClientProblem.is(failure, Kind.UNAVAILABLE)
                || (ClientProblem.is(failure, Kind.NOT_ALLOWED) && loop.monotonicMillis() < end);
    attempt(failure -> wanted.getAsBoolean() && passes.test(failure), step, result, FIRST);
    return result;
  }

  private <T> void attempt(
      Predicate<Throwable> again,
      Supplier<CompletableFuture<T>> step,
      CompletableFuture<T> result,
      Duration ceiling) {
    Futures.fire(
        Futures.guard(step)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    result.complete(value);
                  } else if (again.test(failure)) {
                    Duration next = ceiling.multipliedBy(2);
                    long wait =
                        ceiling.toMillis() / 2 + jitter.nextLong(ceiling.toMillis() / 2 + 1);
                    loop.after(
                        Duration.ofMillis(wait),
                        () -> attempt(again, step, result, next.compareTo(MAX) > 0 ? MAX : next));
                  } else {
                    result.completeExceptionally(failure);
                  }
                }));
  }
}
