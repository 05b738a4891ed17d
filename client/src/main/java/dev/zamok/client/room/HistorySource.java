package dev.zamok.client.room;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The history of one room. */
interface HistorySource {
  CompletableFuture<Answers.HistoryPage> after(Position after, int limit);

  CompletableFuture<Answers.HistoryPage> before(@Nullable Position before, int limit);

  static HistorySource of(RoomId room, SessionApi authority) {
    return new HistorySource() {
      @Override
      public CompletableFuture<Answers.HistoryPage> after(Position after, int limit) {
        return authority.historyAfter(room, after, limit);
      }

      @Override
      public CompletableFuture<Answers.HistoryPage> before(@Nullable Position before, int limit) {
        return authority.historyBefore(room, before, limit);
      }
    };
  }
}
