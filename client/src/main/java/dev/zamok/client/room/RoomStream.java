package dev.zamok.client.room;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
  private final StreamOutput output;
  private final EntryOrder order = new EntryOrder();
  private final StreamRepair repairs;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private Position newestSeen = Position.ZERO;
  private Phase phase = Phase.DETACHED;
  private boolean started;

  /** Joining again from here did not help once: not a second time. */
  private Position rejoinedAfter = Position.ZERO;

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
    this.repairs = new StreamRepair(loop, history, order, output);
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
    repairs.stop();
    clearWaiting();
    enter(Phase.DETACHED);
  }

  void joined(HubFrame.Joined joined) {
    repairs.stop();
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
          lost(joined.head());
        } else {
          goLive();
        }
      }
      case LOST -> lost(joined.head());
      case INCOMPLETE -> {
        if (lost) {
          lost(joined.head());
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
        fork(entry);
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
    enter(Phase.REPAIRING);
    repairs.forward(target, this::drain);
  }

  private void fork(Entry entry) {
    enter(Phase.REPAIRING);
    repairs.fork(entry.previous(), entry.position(), this::drain);
  }

  private void lost(Position head) {
    enter(Phase.REPAIRING);
    repairs.lost(head, this::drain);
  }

  /** After a repair: what waited, then live; or again when more is missing. */
  private void drain() {
    while (true) {
      Entry entry = waiting.poll();
      if (entry == null) {
        break;
      }
      waitingBytes -= entry.body().size();
      EntryOrder.Verdict verdict = order.judge(entry);
      if (verdict == EntryOrder.Verdict.NEXT) {
        take(entry);
      } else if (verdict != EntryOrder.Verdict.DUPLICATE) {
        waiting.addFirst(entry);
        waitingBytes += entry.body().size();
        if (verdict == EntryOrder.Verdict.GAP) {
          repair(entry.previous());
        } else {
          fork(entry);
        }
        return;
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
