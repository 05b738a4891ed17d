package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for messages of this account's own in the newest pages of history: one search at a time,
 * for all that are sought when it begins. After an outage they are many, of every client at once,
 * and the authority has enough to do then. Belongs to the client's loop.
 */
final class OwnInHistory {
  static final int PAGES_MAX = 4;

  private final Loop loop;
  private final HistorySource history;
  private final Predicate<Entry> own;
  private Map<MessageId, CompletableFuture<Position>> sought = new LinkedHashMap<>();
  private boolean searching;

  OwnInHistory(Loop loop, HistorySource history, Predicate<Entry> own) {
    this.loop = loop;
    this.history = history;
    this.own = own;
  }

  /**
   * Where it stands; zero when the newest pages do not have it. Fails as the request for history
   * does. In the next turn of the loop at the earliest.
   */
  CompletableFuture<Position> find(MessageId id) {
    CompletableFuture<Position> found =
        sought.computeIfAbsent(id, any -> new CompletableFuture<>());
    if (!searching) {
      searching = true;
      loop.execute(this::search);
    }
    return found;
  }

  private void search() {
    Map<MessageId, CompletableFuture<Position>> these = sought;
    sought = new LinkedHashMap<>();
    var unused =
        Futures.guard(() -> search(these, null, 1))
            .whenComplete(
                (done, failure) -> {
                  for (CompletableFuture<Position> missed : these.values()) {
                    if (failure == null) {
                      missed.complete(Position.ZERO);
                    } else {
                      missed.completeExceptionally(ClientProblem.unwrap(failure));
                    }
                  }
                  searching = !sought.isEmpty();
                  if (searching) {
                    loop.execute(this::search);
                  }
                });
  }

  /** Completes those that it comes across and takes them out of {@code left}. */
  private CompletableFuture<Void> search(
      Map<MessageId, CompletableFuture<Position>> left, @Nullable Position before, int page) {
    return history
        .before(before, SessionApi.HISTORY_PER_PAGE_MAX)
        .thenCompose(
            answer -> {
              for (Entry entry : answer.entries()) {
                if (left.containsKey(entry.id()) && own.test(entry)) {
                  CompletableFuture<Position> found = left.remove(entry.id());
                  found.complete(entry.position());
                }
              }
              boolean end = !answer.more() || answer.entries().isEmpty() || page >= PAGES_MAX;
              return end || left.isEmpty()
                  ? CompletableFuture.completedFuture(null)
                  : search(left, answer.entries().get(0).position(), page + 1);
            });
  }
}
