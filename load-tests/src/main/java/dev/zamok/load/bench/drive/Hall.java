package dev.zamok.load.bench.drive;

import dev.zamok.load.bench.wire.Peer;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server, and the account of what goes through its rooms. Belongs to the
 * generator's event loop, except {@link #delivered}, which is for looking at from outside.
 */
public class Hall implements Peer.Events {
  private static final long LATENCY_NANOS_MAX = 60_000_000_000L;
  private static final int TROUBLES_KEPT_MAX = 20;

  private final Layout layout;
  private final int bodyBytes;
  private final Ledger ledger;
  private final long[] sent;
  private final List<String> troubles = new ArrayList<>();
  private final Histogram latency = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  private List<Peer> peers = List.of();
  private @Nullable Driver driver;
  private @Nullable Peer leftOut;
  private volatile long delivered;

  public Hall(Layout layout, int bodyBytes) {
    this.layout = layout;
    this.bodyBytes = bodyBytes;
    this.ledger = new Ledger(layout.connections() * layout.roomsOfEach());
    this.sent = new long[layout.rooms()];
  }

  /** Who goes on sending. */
  interface Driver {
    /** A receiver got a message that was new to it. */
    void delivered(int room, long number);

    void acknowledged(int room, long number);
  }

  public Layout layout() {
    return layout;
  }

  public List<Peer> peers() {
    return peers;
  }

  /** All of them are connected. */
  public void enter(List<Peer> connected) {
    peers = connected;
  }

  void drivenBy(@Nullable Driver next) {
    driver = next;
  }

  /** The next message of a room, by one of its members. */
  void publish(int room, int place, long dueNanos) {
    long number = sent[room]++;
    peers.get(layout.member(room, place)).publish(room, number, dueNanos, bodyBytes);
  }

  long sent(int room) {
    return sent[room];
  }

  /** Whether everybody got everything that was sent. */
  boolean isComplete() {
    long wanted = 0;
    for (long each : sent) {
      wanted += each * layout.members();
    }
    return ledger.delivered() + ledger.lost() >= wanted;
  }

  /** Counts what did not come; nothing may be under way. */
  public void closeAccount() {
    for (Peer peer : peers) {
      for (int room : peer.seat().rooms()) {
        ledger.close(layout.receiver(peer.seat().number(), room), sent[room]);
      }
    }
  }

  public long lost() {
    return ledger.lost();
  }

  public long doubled() {
    return ledger.doubled();
  }

  /** Messages that arrived, each counted for each receiver. Any thread. */
  public long delivered() {
    return delivered;
  }

  /** From when a message was due until it arrived. */
  public Histogram latency() {
    return latency;
  }

  /** The latency is that of the others. */
  public void leaveOut(@Nullable Peer peer) {
    leftOut = peer;
  }

  public List<String> troubles() {
    return troubles;
  }

  @Override
  public void ready(Peer peer) {}

  @Override
  public void delivered(Peer peer, int room, long number, long dueNanos) {
    if (ledger.take(layout.receiver(peer.seat().number(), room), number)) {
      delivered = ledger.delivered();
      if (peer != leftOut) {
        latency.recordValue(Math.max(0, Math.min(System.nanoTime() - dueNanos, LATENCY_NANOS_MAX)));
      }
      if (driver != null) {
        driver.delivered(room, number);
      }
    }
  }

  @Override
  public void acknowledged(Peer peer, int room, long number) {
    if (driver != null) {
      driver.acknowledged(room, number);
    }
  }

  @Override
  public void trouble(Peer peer, String what) {
    if (troubles.size() < TROUBLES_KEPT_MAX) {
      troubles.add(what);
    }
  }
}
