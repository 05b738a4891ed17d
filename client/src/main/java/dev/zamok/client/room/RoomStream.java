package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings the entries of a room into order, across losses of the connection.
 *
 * <p>A gap is repaired once by joining again with the last position, and from history when that did
 * not help. Meanwhile what comes in waits, so that nothing is delivered out of order; when too much
 * waits it is dropped and fetched later. What could not be had is said, never passed over.
 *
 * <pre>
 * detached ──JOINED──► live ──gap──► rejoining ──JOINED──► live
 *    ▲                  ▲                └──incomplete──► repairing ──► live
 *    └── lost (any)     └──────────────────────────────────┘
 * </pre>
 */
final class RoomStream {
  static final int WAITING_ENTRIES_MAX = 2_000;
  static final int WAITING_BYTES_MAX = 8 << 20;

  /** A signal names a head that is not here: how long its entries may be under way. */
  static final Duration HEAD_PATIENCE = Duration.ofSeconds(3);

  private final Loop loop;
  private final HistorySource history;
  private final StreamOutput output;
  private final EntryOrder order = new EntryOrder();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private Position newestSeen = Position.ZERO;
  private Phase phase = Phase.DETACHED;
  private boolean started;

  /** Joining again from here did not help once: not a second time. */
  private Position rejoinedAfter = Position.ZERO;

  /** Rises whenever an answer to come must not be heeded any more. */
  private int searches;

  private @Nullable HistoryFetch fetch;

  enum Phase {
    DETACHED,
    REJOINING,
    REPAIRING,
    /** The output is full: everything is dropped until it is not. */
    CHOKED,
    LIVE
  }

  RoomStream(Loop loop, HistorySource history, StreamOutput output) {
    this.loop = loop;
    this.history = history;
    this.output = output;
  }

  /** Begins after {@code position} instead of where the room is now. Before the first JOINED. */
  void resumeAfter(Position position) {
    started = true;
    order.skipTo(position);
  }

  Phase phase() {
    return phase;
  }

  /** What to join with: null for live entries only. */
  @Nullable Position resumeAfter() {
    return started ? order.last() : null;
  }

  Position last() {
    return order.last();
  }

  /** The connection is gone. */
  void detach() {
    stopFetch();
    clearWaiting();
    enter(Phase.DETACHED);
  }

  void joined(HubFrame.Joined joined) {
    stopFetch();
    // What was seen of the log before may be gone from it.
    newestSeen = joined.head();
    if (!started) {
      started = true;
      order.skipTo(joined.head());
      output.startsAt(joined);
      goLive();
      return;
    }
    boolean behind = joined.head().isAfter(order.last());
    boolean lost = order.last().isAfter(joined.head());
    switch (joined.recovery()) {
      case COMPLETE -> {
        if (lost) {
          findCommon(joined.head());
        } else {
          goLive();
        }
      }
      case LOST -> findCommon(joined.head());
      case INCOMPLETE -> {
        if (lost) {
          findCommon(joined.head());
        } else if (behind) {
          repair(joined.head());
        } else {
          goLive();
        }
      }
    }
  }

  void entry(Entry entry) {
    note(entry.position());
    switch (phase) {
      case DETACHED, CHOKED -> {}
      case REPAIRING -> hold(entry);
      case REJOINING -> {
        // What is missing comes after JOINED, and this again with it.
        if (order.judge(entry) == EntryOrder.Verdict.NEXT) {
          take(entry);
        }
      }
      case LIVE -> live(entry);
    }
  }

  /** The hub did not send (from, to]. */
  void gap(Position to) {
    note(to);
    if (phase == Phase.LIVE && to.isAfter(order.last())) {
      repair(to);
    }
  }

  /** A head seen elsewhere, such as on a signal: the newest entry may have been lost. */
  void headSeen(Position head) {
    note(head);
    if (phase == Phase.LIVE && head.isAfter(order.last())) {
      loop.after(
          HEAD_PATIENCE,
          () -> {
            if (phase == Phase.LIVE && head.isAfter(order.last())) {
              rejoin();
            }
          });
    }
  }

  private void live(Entry entry) {
    if (output.isFull()) {
      choke();
      return;
    }
    switch (order.judge(entry)) {
      case DUPLICATE -> {}
      case NEXT -> take(entry);
      case GAP -> {
        if (order.last().equals(rejoinedAfter)) {
          hold(entry);
          repair(entry.previous());
        } else {
          rejoin();
        }
      }
      case FORK -> {
        hold(entry);
        reconcile(entry.previous(), entry.position());
      }
    }
  }

  private void rejoin() {
    rejoinedAfter = order.last();
    enter(Phase.REJOINING);
    output.rejoin();
  }

  private void choke() {
    enter(Phase.CHOKED);
    Futures.fire(
        output
            .hasRoom()
            .thenAccept(
                free -> {
                  if (phase == Phase.CHOKED) {
                    rejoin();
                  }
                }));
  }

  private void repair(Position target) {
    Position from = order.last();
    enter(Phase.REPAIRING);
    output.gap(from, target);
    HistoryFetch started = new HistoryFetch(loop, history, target, this::repairPage);
    fetch = started;
    Futures.fire(
        started
            .from(from)
            .thenAccept(
                complete -> {
                  if (target.isAfter(order.last())) {
                    output.incomplete(order.last(), target);
                    order.skipTo(target);
                  } else if (complete) {
                    output.repaired(from, target);
                  }
                  drain();
                }));
  }

  private CompletableFuture<Void> repairPage(List<Entry> page) {
    for (Entry entry : page) {
      switch (order.judge(entry)) {
        case DUPLICATE -> {}
        case NEXT -> take(entry);
        case GAP -> {
          // History itself skips something: its own links tell.
          output.incomplete(order.last(), entry.previous());
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

  /** The log lost what was seen last: look in history where both agree. */
  private void findCommon(Position head) {
    enter(Phase.REPAIRING);
    int mine = ++searches;
    Futures.fire(
        history
            .before(null, dev.zamok.client.authority.SessionApi.HISTORY_PER_PAGE_MAX)
            .whenComplete(
                (page, failure) -> {
                  if (mine != searches || phase != Phase.REPAIRING) {
                    return;
                  }
                  List<Entry> entries = failure == null ? page.entries() : List.of();
                  reconcile(common(entries, head), head);
                }));
  }

  /**
   * The newest position up to {@code head} that was seen and is in history, as far as one knows.
   */
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

  /** Withdraws what was seen after {@code common} unless history has it, then goes on. */
  private void reconcile(Position common, Position target) {
    enter(Phase.REPAIRING);
    List<Entry> found = new java.util.ArrayList<>();
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
                  var taken = repairPage(found);
                  if (!complete && target.isAfter(order.last())) {
                    output.incomplete(order.last(), target);
                    order.skipTo(target);
                  }
                  Futures.fire(taken.thenRun(this::drain));
                }));
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

  /** After a repair: what waited, then live; or again when more is missing. */
  private void drain() {
    fetch = null;
    while (true) {
      Entry entry = waiting.poll();
      if (entry == null) {
        break;
      }
      waitingBytes -= entry.body().size();
      switch (order.judge(entry)) {
        case DUPLICATE -> {}
        case NEXT -> take(entry);
        case GAP -> {
          waiting.addFirst(entry);
          waitingBytes += entry.body().size();
          repair(entry.previous());
          return;
        }
        case FORK -> {
          waiting.addFirst(entry);
          waitingBytes += entry.body().size();
          reconcile(entry.previous(), entry.position());
          return;
        }
      }
    }
    if (newestSeen.isAfter(order.last())) {
      repair(newestSeen);
    } else {
      goLive();
    }
  }

  private void hold(Entry entry) {
    waiting.add(entry);
    waitingBytes += entry.body().size();
    if (waiting.size() > WAITING_ENTRIES_MAX || waitingBytes > WAITING_BYTES_MAX) {
      // newestSeen remembers how far to repair.
      clearWaiting();
    }
  }

  private void take(Entry entry) {
    order.take(entry.position());
    output.entry(entry);
  }

  private void note(Position seen) {
    if (seen.isAfter(newestSeen)) {
      newestSeen = seen;
    }
  }

  private void goLive() {
    newestSeen = order.last();
    enter(Phase.LIVE);
  }

  private void stopFetch() {
    HistoryFetch running = fetch;
    if (running != null) {
      running.cancel();
      fetch = null;
    }
    searches++;
  }

  private void clearWaiting() {
    waiting.clear();
    waitingBytes = 0;
  }

  private void enter(Phase next) {
    if (phase != next) {
      phase = next;
      output.phaseChanged();
    }
  }
}
