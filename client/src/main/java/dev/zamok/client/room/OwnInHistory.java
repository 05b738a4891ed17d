package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for a message of this account's own in the newest pages of history. */
final class OwnInHistory {
  static final int PAGES_MAX = 4;

  private final HistorySource history;
  private final Predicate<Entry> own;

  OwnInHistory(HistorySource history, Predicate<Entry> own) {
    this.history = history;
    this.own = own;
  }

  /** Where it stands; zero when the newest pages do not have it. */
  CompletableFuture<Position> find(MessageId id) {
    return find(id, null, 1);
  }

  private CompletableFuture<Position> find(MessageId id, @Nullable Position before, int page) {
    return history
        .before(before, SessionApi.HISTORY_PER_PAGE_MAX)
        .thenCompose(
            answer -> {
              for (Entry entry : answer.entries()) {
                if (entry.id().equals(id) && own.test(entry)) {
                  return CompletableFuture.completedFuture(entry.position());
                }
              }
              boolean end = !answer.more() || answer.entries().isEmpty() || page >= PAGES_MAX;
              return end
                  ? CompletableFuture.completedFuture(Position.ZERO)
                  : find(id, answer.entries().get(0).position(), page + 1);
            });
  }
}
