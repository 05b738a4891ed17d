package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.problem.ClientProblem.Kind;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Reads (after, target] from history, page by page, waiting for what is not there yet: the archive
 * may be a moment behind the log. Belongs to the client's loop.
 */
final class HistoryFetch {
  /** How often to ask again without having got further, and how long to wait between. */
  static final int ATTEMPTS_MAX = 30;

  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Loop loop;
  private final HistorySource history;
  private final Position target;
  private final Function<List<Entry>, CompletableFuture<Void>> sink;
  private boolean cancelled;
  private int attempts;

  /**
   * A fetch to be started.
   *
   * @param sink takes the entries, oldest first; the next page is asked for when it is done
   */
  HistoryFetch(
      Loop loop,
      HistorySource history,
      Position target,
      Function<List<Entry>, CompletableFuture<Void>> sink) {
    this.loop = loop;
    this.history = history;
    this.target = target;
    this.sink = sink;
  }

  /** Nothing more goes to the sink, and the future never completes. */
  void cancel() {
    cancelled = true;
  }

  /**
   * Yields whether everything up to the target was there. Never fails for want of a server: then it
   * is not complete.
   */
  CompletableFuture<Boolean> from(Position after) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    page(after, result);
    return result;
  }

  private void page(Position after, CompletableFuture<Boolean> result) {
    Futures.fire(
        history
            .after(after, SessionApi.HISTORY_PER_PAGE_MAX)
            .whenComplete(
                (page, failure) -> {
                  if (cancelled) {
                    return;
                  }
                  if (failure != null) {
                    failed(after, result, ClientProblem.in(failure));
                  } else {
                    take(after, page, result);
                  }
                }));
  }

  private void take(Position after, Answers.HistoryPage page, CompletableFuture<Boolean> result) {
    // Beyond completeTo something may be missing still: that part is asked for again.
    Position complete = page.completeTo();
    List<Entry> fresh =
        page.entries().stream()
            .filter(e -> e.position().isAfter(after) && !e.position().isAfter(complete))
            .toList();
    Position reached = complete.isAfter(after) ? complete : after;
    Futures.fire(
        sink.apply(fresh)
            .whenComplete(
                (done, failure) -> {
                  if (cancelled) {
                    return;
                  }
                  if (failure != null) {
                    result.completeExceptionally(failure);
                  } else if (!target.isAfter(reached)) {
                    result.complete(true);
                  } else if (reached.isAfter(after)) {
                    attempts = 0;
                    page(reached, result);
                  } else {
                    again(after, result);
                  }
                }));
  }

  private void failed(Position after, CompletableFuture<Boolean> result, ClientProblem problem) {
    if (problem.kind() == Kind.UNAVAILABLE) {
      again(after, result);
    } else {
      result.complete(false);
    }
  }

  private void again(Position after, CompletableFuture<Boolean> result) {
    attempts++;
    if (attempts >= ATTEMPTS_MAX) {
      result.complete(false);
    } else {
      loop.after(
          PAUSE,
          () -> {
            if (!cancelled) {
              page(after, result);
            }
          });
    }
  }
}
