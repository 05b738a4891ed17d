package dev.zamok.hub.room;

import dev.zamok.hub.endpoint.WebSocket;
import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what comes into one room to those who are live there: once per turn, each entry encoded
 * once, all entries of the turn joined, written once to each connection.
 *
 * <p>A connection that does not take it all is behind from then on: it is remembered how far it
 * got, and nothing waits for it.
 */
final class Fanout {
  /** Signals beyond it in one turn are dropped: they may be lost. */
  private static final int SIGNALS_MAX = 256;

  private final RoomId id;
  private final Rooms rooms;
  private final Ring ring;
  private final List<Subscriber> live = new ArrayList<>(4);

  /** Of those that are live, in the same places: one step nearer. */
  private final List<WebSocket> sockets = new ArrayList<>(4);

  private List<Encoded> pending = new ArrayList<>(4);
  private List<HubFrame.Signal> signals = new ArrayList<>(2);
  private int behind;

  Fanout(RoomId id, Rooms rooms) {
    this.id = id;
    this.rooms = rooms;
    this.ring = new Ring(rooms.limits().sizes().ringBytesMax(), rooms.ringBudget());
  }

  Ring ring() {
    return ring;
  }

  /** Returns whether {@link #run} is wanted at the end of the turn. */
  boolean add(Entry entry) {
    if (live.isEmpty() && behind == 0) {
      return false;
    }
    Encoded encoded = Encoded.of(entry, rooms.tap());
    if (behind > 0) {
      ring.add(encoded);
    }
    if (live.isEmpty()) {
      return false;
    }
    pending.add(encoded);
    return true;
  }

  boolean add(HubFrame.Signal signal) {
    if (live.isEmpty() || signals.size() >= SIGNALS_MAX) {
      return false;
    }
    signals.add(signal);
    return true;
  }

  /**
   * Sends what came in this turn.
   *
   * @param last whether no other room will send in this turn
   */
  void run(boolean last) {
    if (!pending.isEmpty()) {
      List<Encoded> entries = pending;
      pending = new ArrayList<>(4);
      Position before = entries.get(0).entry().previous();
      Position end = entries.get(entries.size() - 1).entry().position();
      List<Joined> buffers =
          Joined.of(entries, rooms.allocator(), rooms.limits().sizes().joinedBytesMax());
      long delivered =
          buffers.size() == 1
              ? send(buffers.get(0), last, entries)
              : send(buffers, last, entries, before, end);
      buffers.forEach(joined -> joined.buffer().release());
      rooms.metrics().count(Counter.DELIVERIES, delivered);
    }
    if (!signals.isEmpty()) {
      List<HubFrame.Signal> sent = signals;
      signals = new ArrayList<>(2);
      sent.forEach(this::send);
    }
  }

  /**
   * One buffer to all, as nearly always. With thousands of members everything that is touched for
   * each of them shows, so references are taken together, and subscribers left alone.
   */
  private long send(Joined joined, boolean last, List<Encoded> entries) {
    ByteBuf buffer = joined.buffer();
    int wanted = sockets.size();
    int sent = 0;
    if (wanted == 0) {
      // the last one left between the entry and the end of the turn
      return 0;
    }
    buffer.retain(wanted);
    for (int i = wanted - 1; i >= 0; i--) {
      WebSocket socket = sockets.get(i);
      if (socket.isWritable()) {
        sent++;
        socket.sendFramed(buffer.duplicate(), last);
      } else {
        fallBehind(live.get(i), entries.get(0).entry().previous(), entries);
      }
    }
    if (wanted > sent) {
      buffer.release(wanted - sent);
    }
    return (long) sent * joined.count();
  }

  private long send(
      List<Joined> buffers, boolean last, List<Encoded> entries, Position before, Position end) {
    long delivered = 0;
    for (int i = live.size() - 1; i >= 0; i--) {
      Subscriber subscriber = live.get(i);
      WebSocket socket = subscriber.socket;
      Position reached = before;
      for (Joined joined : buffers) {
        if (!socket.isWritable()) {
          break;
        }
        socket.sendFramed(joined.buffer().retainedDuplicate(), last);
        reached = joined.last();
        delivered += joined.count();
      }
      if (!reached.equals(end)) {
        fallBehind(subscriber, reached, entries);
      }
    }
    return delivered;
  }

  /** To all but its author, who knows; who is slow goes without. */
  private void send(HubFrame.Signal signal) {
    ByteBuf framed = rooms.framed(signal);
    for (Subscriber subscriber : live) {
      if (subscriber.owner.socket().isWritable() && !signal.tag().equals(subscriber.tag())) {
        subscriber.owner.socket().sendFramed(framed.retainedDuplicate());
      }
    }
    framed.release();
  }

  private void fallBehind(Subscriber subscriber, Position reached, List<Encoded> thisTurn) {
    rooms.metrics().count(Counter.SLOW);
    removeLive(subscriber);
    if (behind == 0) {
      ring.restart(thisTurn.get(0).entry().previous());
      thisTurn.forEach(ring::add);
    }
    behind++;
    subscriber.stage = Subscriber.Stage.BEHIND;
    subscriber.cursor = reached;
    subscriber.owner.waitForRoom(subscriber);
  }

  /** It has not got what lies between its cursor and {@code last}. */
  void startBehind(Subscriber subscriber, Position last) {
    if (behind == 0) {
      ring.restart(last);
    }
    behind++;
    subscriber.stage = Subscriber.Stage.BEHIND;
  }

  /** It has everything that came so far; what is pending is sent to the others first. */
  void goLive(Subscriber subscriber) {
    run(false);
    remove(subscriber);
    subscriber.stage = Subscriber.Stage.LIVE;
    subscriber.liveIndex = live.size();
    live.add(subscriber);
    sockets.add(subscriber.socket);
  }

  /** It takes part no longer, live or behind. */
  void remove(Subscriber subscriber) {
    if (subscriber.stage == Subscriber.Stage.LIVE) {
      removeLive(subscriber);
    } else if (subscriber.stage == Subscriber.Stage.BEHIND && --behind == 0) {
      ring.restart(Position.ZERO);
    }
  }

  private void removeLive(Subscriber subscriber) {
    int index = subscriber.liveIndex;
    Subscriber moved = live.remove(live.size() - 1);
    WebSocket movedSocket = sockets.remove(sockets.size() - 1);
    if (moved != subscriber) {
      live.set(index, moved);
      sockets.set(index, movedSocket);
      moved.liveIndex = index;
    }
    subscriber.liveIndex = -1;
  }

  /** Tells those who are live that entries are gone; the others find out as they read. */
  void jump(Position from, Position to) {
    run(false);
    ring.restart(to);
    ByteBuf gap = rooms.framed(new HubFrame.Gap(id, from, to));
    for (Subscriber subscriber : live) {
      subscriber.owner.socket().sendFramed(gap.retainedDuplicate());
      rooms.metrics().count(Counter.GAPS);
    }
    gap.release();
  }
}
