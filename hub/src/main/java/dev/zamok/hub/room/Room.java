package dev.zamok.hub.room;

import dev.zamok.hub.metrics.Counter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.CloseCode;
import dev.zamok.protocol.frame.HubFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One room on one event loop, from the first who joins it there to the last who leaves. Others in
 * the room may sit on other loops: they meet in the log.
 */
final class Room implements Feed.Out {
  private final RoomId id;
  private final Rooms rooms;
  private final Feed feed;
  private final Fanout fanout;
  private final Set<Subscriber> all = new LinkedHashSet<>(4);
  private final List<Subscriber> waiting = new ArrayList<>(2);
  private long presenceVersion = -1;
  private boolean toldPresence = true;
  private boolean dirty;
  private boolean opening;

  Room(RoomId id, Rooms rooms) {
    this.id = id;
    this.rooms = rooms;
    this.feed = new Feed(id, rooms, this);
    this.fanout = new Fanout(id, rooms);
  }

  RoomId id() {
    return id;
  }

  Feed feed() {
    return feed;
  }

  Fanout fanout() {
    return fanout;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(Subscriber subscriber) {
    all.add(subscriber);
    if (!opening) {
      opening = true;
      feed.open(subscriber.grant.epoch())
          .onFailure(
              failure ->
                  refuseAll(
                      failure instanceof Rejection rejection
                          ? rejection.code()
                          : ErrorCode.UNAVAILABLE));
    }
  }

  private void refuseAll(ErrorCode code) {
    for (Subscriber subscriber : List.copyOf(all)) {
      subscriber.owner.refuse(subscriber, code);
    }
  }

  /** Calls {@link Attendance#goOn} once {@link Feed#last} has moved. */
  void await(Subscriber subscriber) {
    waiting.add(subscriber);
  }

  /** It was told JOINED: from now on it is present. */
  int entered(Subscriber subscriber) {
    toldPresence = false;
    return rooms.presence().enter(id, subscriber.owner.session(), subscriber.tag());
  }

  void remove(Subscriber subscriber) {
    if (!all.remove(subscriber)) {
      return;
    }
    if (subscriber.isAnswered()) {
      rooms.presence().leave(id, subscriber.owner.session());
      rooms.metrics().count(Counter.LEAVES);
    }
    fanout.remove(subscriber);
    subscriber.stage = Subscriber.Stage.GONE;
    if (waiting.remove(subscriber)) {
      subscriber.owner.goOn(subscriber);
    }
    if (all.isEmpty()) {
      feed.close();
      rooms.closed(this);
    }
  }

  @Override
  public void entry(Entry entry) {
    rooms.metrics().count(Counter.ENTRIES);
    if (fanout.add(entry)) {
      markDirty();
    }
    if (entry.kind() == EntryKind.EVICT) {
      putOut();
    }
  }

  @Override
  public void signal(MemberTag tag, Bytes envelope) {
    if (fanout.add(new HubFrame.Signal(id, tag, feed.last(), envelope))) {
      markDirty();
    }
  }

  @Override
  public void jump(Position from, Position to) {
    fanout.jump(from, to);
  }

  @Override
  public void admitsFewer() {
    putOut();
  }

  @Override
  public void moved() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Subscriber> awake = List.copyOf(waiting);
    waiting.clear();
    awake.forEach(subscriber -> subscriber.owner.goOn(subscriber));
  }

  /** Everybody here reconnects, perhaps to a hub that reaches the log. */
  @Override
  public void unavailable() {
    for (Subscriber subscriber : List.copyOf(all)) {
      subscriber.owner.socket().close(CloseCode.LOG_UNAVAILABLE);
    }
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      rooms.atEndOfTurn(this);
    }
  }

  /**
   * The end of a turn in which something came.
   *
   * @param last whether no other room will send in this turn
   */
  void endTurn(boolean last) {
    dirty = false;
    fanout.run(last);
  }

  /** Ends the stay of everybody who is not admitted any more (H-052). */
  void putOut() {
    for (Subscriber subscriber : List.copyOf(all)) {
      if (!admits(subscriber)) {
        rooms.metrics().count(Counter.EVICTIONS);
        subscriber.owner.evict(subscriber, ErrorCode.EVICTED);
      }
    }
  }

  boolean admits(Subscriber subscriber) {
    int version = subscriber.grant.memberVersion();
    return feed.admits(subscriber.tag(), version)
        && rooms.noticed().admits(id, subscriber.tag(), version);
  }

  /** Once a second: what failed is tried again, and who may know is told who is present. */
  void sweep() {
    feed.retry();
    long version = rooms.presence().version(id);
    if (version == presenceVersion && toldPresence) {
      return;
    }
    presenceVersion = version;
    toldPresence = true;
    Bytes told = null;
    for (Subscriber subscriber : all) {
      if (!subscriber.watchesPresence() || subscriber.presenceVersion == version) {
        continue;
      }
      if (!subscriber.owner.socket().isWritable()) {
        toldPresence = false;
        continue;
      }
      if (told == null) {
        told = dev.zamok.protocol.frame.HubFrames.encode(rooms.presence().of(id));
      }
      subscriber.presenceVersion = version;
      subscriber.owner.socket().send(told);
    }
  }
}
