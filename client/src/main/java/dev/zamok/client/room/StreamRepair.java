package dev.zamok.client.room;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches from history what a stream is missing, and withdraws what the log has lost. One repair at
 * a time; one that was stopped does not call back. Belongs to the client's loop.
 */
final class StreamRepair {
  private final Loop loop;
  private final HistorySource history;
  private final EntryOrder order;
  private final StreamOutput output;
  private @Nullable HistoryFetch fetch;

  /** Rises with every repair, so that answers to an older one are not heeded. */
  private int repairs;

  /** Whether this repair has found something missing in history itself. */
  private boolean holes;

  StreamRepair(Loop loop, HistorySource history, EntryOrder order, StreamOutput output) {
    this.loop = loop;
    this.history = history;
    this.order = order;
    this.output = output;
  }

  void stop() {
    HistoryFetch running = fetch;
    if (running != null) {
      running.cancel();
      fetch = null;
    }
    repairs++;
    holes = false;
  }

  /** Everything after the last entry up to {@code target}. */
  void forward(Position target, Runnable done) {
    stop();
    Position from = order.last();
    output.gap(from, target);
    HistoryFetch started = new HistoryFetch(loop, history, target, this::takePage);
    fetch = started;
    Futures.fire(
        started
            .from(from)
            .thenAccept(
                complete -> {
                  skipTo(target);
                  if (complete && !holes) {
                    output.repaired(from, target);
                  }
                  done.run();
                }));
  }

  /** The log lost what was seen last: looks in history for where both agree. */
  void lost(Position head, Runnable done) {
    stop();
    int mine = repairs;
    Futures.fire(
        history
            .before(null, SessionApi.HISTORY_PER_PAGE_MAX)
            .whenComplete(
                (page, failure) -> {
                  if (mine == repairs) {
                    List<Entry> entries = failure == null ? page.entries() : List.of();
                    fork(common(entries, head), head, done);
                  }
                }));
  }

  /** Withdraws what was seen after {@code common} unless history has it, and goes on from there. */
  void fork(Position common, Position target, Runnable done) {
    stop();
    List<Entry> found = new ArrayList<>();
    HistoryFetch started =
        new HistoryFetch(
            loop,
            history,
            target,
            page -> {
              found.addAll(page);
              return CompletableFuture.completedFuture(null);
            });
    fetch = started;
    Futures.fire(
        started
            .from(common)
            .thenAccept(
                complete -> {
                  withdrawAfter(common, found);
                  CompletableFuture<Void> taken = takePage(found);
                  skipTo(complete ? order.last() : target);
                  Futures.fire(taken.thenRun(done));
                }));
  }

  private void skipTo(Position target) {
    if (target.isAfter(order.last())) {
      holes = true;
      output.incomplete(order.last(), target);
      order.skipTo(target);
    }
  }

  private CompletableFuture<Void> takePage(List<Entry> page) {
    for (Entry entry : page) {
      switch (order.judge(entry)) {
        case DUPLICATE -> {}
        case NEXT -> take(entry);
        case GAP -> {
          // History itself skips something: its own links tell.
          skipTo(entry.previous());
          take(entry);
        }
        case FORK -> {
          withdrawAfter(entry.previous(), List.of());
          take(entry);
        }
      }
    }
    return output.hasRoom();
  }

  private void take(Entry entry) {
    order.take(entry.position());
    output.entry(entry);
  }

  /** The newest position up to {@code head} that was seen and is in history, as far as known. */
  private Position common(List<Entry> entries, Position head) {
    if (entries.isEmpty()) {
      return order.seenUpTo(head);
    }
    Position common = entries.get(0).previous();
    for (Entry entry : entries) {
      boolean both = order.saw(entry.position()) && !entry.position().isAfter(head);
      common = both ? entry.position() : common;
    }
    return common;
  }

  private void withdrawAfter(Position common, List<Entry> found) {
    List<Position> gone = order.seenAfter(common);
    List<Position> kept = found.stream().map(Entry::position).filter(gone::contains).toList();
    gone.removeAll(kept);
    order.backTo(common);
    kept.forEach(order::take);
    if (!gone.isEmpty()) {
      output.withdrawn(gone);
    }
  }
}
