package dev.zamok.client.loop;

import dev.zamok.client.problem.ClientProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the futures of one loop need beside {@link CompletableFuture}. */
public final class Futures {
  private static final Logger LOG = LoggerFactory.getLogger(Futures.class);

  /** One task of what is computed aside: some milliseconds of signatures. */
  private static final int ITEMS_ASIDE = 50;

  private Futures() {}

  /** Calls {@code start} on the loop and yields what it yields, from any thread. */
  public static <T> CompletableFuture<T> on(Loop loop, Supplier<CompletableFuture<T>> start) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> relay(guard(start), result));
    return result;
  }

  /** What {@code start} throws becomes the failure of the future. */
  public static <T> CompletableFuture<T> guard(Supplier<CompletableFuture<T>> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * For what nobody waits for: failures that are not {@link ClientProblem}s are bugs, and logged.
   */
  public static void fire(CompletableFuture<?> future) {
    var unused =
        future.whenComplete(
            (value, failure) -> {
              if (failure != null && !(ClientProblem.unwrap(failure) instanceof ClientProblem)) {
                LOG.error("bug in the client", failure);
              }
            });
  }

  /** Completes {@code to} as {@code from} does. */
  public static <T> void relay(CompletableFuture<T> from, CompletableFuture<T> to) {
    var unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                to.completeExceptionally(failure);
              } else {
                to.complete(value);
              }
            });
  }

  /** All results in order, or the first failure. */
  public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done -> {
              List<T> results = new ArrayList<>(futures.size());
              for (CompletableFuture<T> future : futures) {
                // All are done: this takes what is there and never waits.
                results.add(future.getNow(null));
              }
              return results;
            });
  }

  /**
   * The result of {@code step} for each item, in their order; at most {@code most} are under way at
   * a time. After a failure nothing more begins.
   */
  public static <T, R> CompletableFuture<List<R>> several(
      List<T> items, int most, Function<T, CompletableFuture<R>> step) {
    Iterator<Integer> next = IntStream.range(0, items.size()).iterator();
    List<@Nullable R> results = new ArrayList<>(Collections.nCopies(items.size(), null));
    List<CompletableFuture<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(most, items.size()); lane++) {
      lanes.add(lane(items, next, results, step));
    }
    return CompletableFuture.allOf(lanes.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> results.stream().map(Objects::requireNonNull).toList());
  }

  private static <T, R> CompletableFuture<Void> lane(
      List<T> items,
      Iterator<Integer> next,
      List<@Nullable R> results,
      Function<T, CompletableFuture<R>> step) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    lane(items, next, results, step, end);
    return end;
  }

  /** A loop where steps are done at once: thousands of them must not fill the stack. */
  private static <T, R> void lane(
      List<T> items,
      Iterator<Integer> next,
      List<@Nullable R> results,
      Function<T, CompletableFuture<R>> step,
      CompletableFuture<Void> end) {
    while (next.hasNext() && !end.isDone()) {
      int at = next.next();
      CompletableFuture<R> one = guard(() -> step.apply(items.get(at)));
      boolean atOnce = one.isDone();
      var unused =
          one.whenComplete(
              (result, failure) -> {
                if (failure != null) {
                  next.forEachRemaining(left -> {});
                  end.completeExceptionally(failure);
                  return;
                }
                results.set(at, result);
                if (!atOnce) {
                  lane(items, next, results, step, end);
                }
              });
      if (!atOnce) {
        return;
      }
    }
    end.complete(null);
  }

  /**
   * The result of {@code work} for each item, in their order, computed on several threads aside of
   * the loop. Completes on it, and fails as one of them did.
   */
  public static <T, R> CompletableFuture<List<R>> aside(
      Loop loop, List<T> items, Function<T, R> work) {
    List<CompletableFuture<List<R>>> parts = new ArrayList<>();
    for (int at = 0; at < items.size(); at += ITEMS_ASIDE) {
      List<T> part = List.copyOf(items.subList(at, Math.min(items.size(), at + ITEMS_ASIDE)));
      parts.add(loop.aside(() -> part.stream().map(work).toList()));
    }
    return all(parts).thenApply(done -> done.stream().flatMap(List::stream).toList());
  }

  /** {@code step} for each item, one after the other. */
  public static <T> CompletableFuture<Void> each(
      Iterable<T> items, Function<T, CompletableFuture<Void>> step) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (T item : items) {
      done = done.thenCompose(before -> step.apply(item));
    }
    return done;
  }
}
