package dev.zamok.load.bench.cluster;

import dev.zamok.load.bench.wire.Peer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One speaker in each room at one hub, listeners at the other, and the account of what passes:
 * every message that was acknowledged must reach every listener once. Belongs to the generator's
 * loop.
 */
final class Crossing {
  private static final long NANOS_MAX = 60_000_000_000L;
  private static final int TROUBLES_KEPT_MAX = 20;

  /** Of a room; more are never without an answer. */
  private static final int UNANSWERED_MAX = 1 << 14;

  private final int bodyBytes;
  private final int[] sent;
  private final long[][] due;
  private final BitSet[] acknowledged;
  private final BitSet[] received;
  private final int listenersOfRoom;
  private final Histogram acks = new Histogram(1_000, NANOS_MAX, 3);
  private final Histogram deliveries = new Histogram(1_000, NANOS_MAX, 3);
  private final List<String> troubles = new ArrayList<>();
  private List<Peer> speakers = List.of();
  private long delivered;
  private long answered;
  private long refused;
  private long doubled;
  private long lastAckNanos = System.nanoTime();
  private long silenceNanos;

  Crossing(int rooms, int listenersOfRoom, int bodyBytes) {
    this.bodyBytes = bodyBytes;
    this.listenersOfRoom = listenersOfRoom;
    this.sent = new int[rooms];
    this.due = new long[rooms][UNANSWERED_MAX];
    this.acknowledged = sets(rooms);
    this.received = sets(rooms * listenersOfRoom);
  }

  private static BitSet[] sets(int count) {
    BitSet[] sets = new BitSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new BitSet();
    }
    return sets;
  }

  int rooms() {
    return sent.length;
  }

  int listenersOfRoom() {
    return listenersOfRoom;
  }

  /** All of them are connected, one for each room in order. */
  void speakBy(List<Peer> connected) {
    speakers = List.copyOf(connected);
  }

  void publish(int room, long dueNanos) {
    int number = sent[room]++;
    due[room][number & UNANSWERED_MAX - 1] = dueNanos;
    speakers.get(room).publish(room, number, dueNanos, bodyBytes);
  }

  /** Their seats are numbered as the rooms. */
  Peer.Events speaking() {
    return new Side() {
      @Override
      public void acknowledged(Peer peer, int room, long number) {
        answered(room, (int) number);
      }

      @Override
      public void trouble(Peer peer, String what) {
        refused++;
        super.trouble(peer, what);
      }
    };
  }

  void answered(int room, int number) {
    long now = System.nanoTime();
    silenceNanos = Math.max(silenceNanos, now - lastAckNanos);
    lastAckNanos = now;
    answered++;
    acknowledged[room].set(number);
    acks.recordValue(limited(now - due[room][number & UNANSWERED_MAX - 1]));
  }

  /** Their seats are numbered room by room. */
  Peer.Events listening() {
    return new Side() {
      @Override
      public void delivered(Peer peer, int room, long number, long dueNanos) {
        heard(peer.seat().number(), (int) number, dueNanos);
      }
    };
  }

  void heard(int listener, int number, long dueNanos) {
    if (received[listener].get(number)) {
      doubled++;
      return;
    }
    received[listener].set(number);
    delivered++;
    deliveries.recordValue(limited(System.nanoTime() - dueNanos));
  }

  private static long limited(long nanos) {
    return Math.max(0, Math.min(nanos, NANOS_MAX));
  }

  private abstract class Side implements Peer.Events {
    @Override
    public void ready(Peer peer) {}

    @Override
    public void delivered(Peer peer, int room, long number, long dueNanos) {}

    @Override
    public void acknowledged(Peer peer, int room, long number) {}

    @Override
    public void trouble(Peer peer, String what) {
      if (troubles.size() < TROUBLES_KEPT_MAX) {
        troubles.add(what);
      }
    }
  }

  /** Forgets times and troubles, not who got what. */
  void beginMeasuring() {
    acks.reset();
    deliveries.reset();
    lastAckNanos = System.nanoTime();
    silenceNanos = 0;
  }

  /** From when a message was due until its sender knew. */
  Histogram acks() {
    return acks.copy();
  }

  /** From when a message was due until a listener had it. */
  Histogram deliveries() {
    return deliveries.copy();
  }

  /** Of all listeners together. */
  long delivered() {
    return delivered;
  }

  long acknowledgedCount() {
    return answered;
  }

  /** The longest time without an acknowledgement, that since the last one included. */
  long silenceNanos() {
    return Math.max(silenceNanos, System.nanoTime() - lastAckNanos);
  }

  /** Publications, or whole speakers. */
  long refused() {
    return refused;
  }

  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** Whether every message had its answer, and every acknowledged one was heard by all. */
  boolean isSettled() {
    long all = 0;
    for (int each : sent) {
      all += each;
    }
    return answered + refused >= all && lost() == 0;
  }

  /** Acknowledged, and not heard: counted for each listener. */
  long lost() {
    long lost = 0;
    for (int listener = 0; listener < received.length; listener++) {
      BitSet missing = (BitSet) acknowledged[listener / listenersOfRoom].clone();
      missing.andNot(received[listener]);
      lost += missing.cardinality();
    }
    return lost;
  }

  long doubled() {
    return doubled;
  }
}
