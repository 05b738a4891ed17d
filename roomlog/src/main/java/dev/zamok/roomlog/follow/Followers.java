package dev.zamok.roomlog.follow;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.RoomLog.Subscription;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Who follows what. Thread-safe. */
public final class Followers {
  /** The lists are never changed: a new one takes their place. */
  private final Map<RoomId, List<Following>> rooms = new ConcurrentHashMap<>();

  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private final List<Waiting> waiters = new CopyOnWriteArrayList<>();
  private final List<Waiting> doubters = new CopyOnWriteArrayList<>();

  public Subscription follow(Context context, RoomId room, Follower follower) {
    Following following = new Following(context, room, follower);
    rooms.merge(room, List.of(following), Followers::joined);
    return following;
  }

  public Subscription listen(Context context, Consumer<Notice> handler) {
    Listening listening = new Listening(context, handler);
    listeners.add(listening);
    return listening;
  }

  public void entries(RoomId room, List<Entry> entries, Deliveries deliveries) {
    for (Following following : rooms.getOrDefault(room, List.of())) {
      deliveries.add(following.context, () -> following.entries(entries));
    }
  }

  public void rereadAll(Deliveries deliveries) {
    rooms.values().stream()
        .flatMap(List::stream)
        .forEach(following -> deliveries.add(following.context, following::reread));
  }

  /** Tells the followers of one room that entries may have been missed. */
  public void reread(RoomId room, Deliveries deliveries) {
    for (Following following : rooms.getOrDefault(room, List.of())) {
      deliveries.add(following.context, following::reread);
    }
  }

  /** Tells the followers of one room that nobody knows whether they are up to date. */
  public void unavailable(RoomId room, Deliveries deliveries) {
    for (Following following : rooms.getOrDefault(room, List.of())) {
      deliveries.add(following.context, following::unavailable);
    }
  }

  public void signal(RoomId room, MemberTag tag, Bytes envelope) {
    Deliveries deliveries = new Deliveries();
    for (Following following : rooms.getOrDefault(room, List.of())) {
      deliveries.add(following.context, () -> following.signal(tag, envelope));
    }
    deliveries.send();
  }

  public void notice(Notice notice) {
    Deliveries deliveries = new Deliveries();
    for (Listening listening : listeners) {
      deliveries.add(listening.context, () -> listening.take(notice));
    }
    deliveries.send();
  }

  /** Calls {@code handler} with partitions in which entries wait to be stored. */
  public Subscription waiting(Context context, IntConsumer handler) {
    Waiting waiting = new Waiting(context, handler);
    waiters.add(waiting);
    return () -> waiters.remove(waiting);
  }

  public void waits(int partition) {
    tell(waiters, partition);
  }

  /** Calls {@code handler} with partitions that may lack something. */
  public Subscription doubting(Context context, IntConsumer handler) {
    Waiting doubting = new Waiting(context, handler);
    doubters.add(doubting);
    return () -> doubters.remove(doubting);
  }

  public void doubts(int partition) {
    tell(doubters, partition);
  }

  private static void tell(List<Waiting> some, int partition) {
    for (Waiting waiting : some) {
      waiting.context.runOnContext(v -> waiting.handler.accept(partition));
    }
  }

  private record Waiting(Context context, IntConsumer handler) {}

  public void clear() {
    rooms.clear();
    listeners.clear();
    waiters.clear();
    doubters.clear();
  }

  private static List<Following> joined(List<Following> some, List<Following> more) {
    List<Following> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  private final class Following implements Subscription {
    private final Context context;
    private final RoomId room;
    private final Follower follower;
    private volatile boolean cancelled;

    Following(Context context, RoomId room, Follower follower) {
      this.context = context;
      this.room = room;
      this.follower = follower;
    }

    void entries(List<Entry> entries) {
      if (!cancelled) {
        follower.entries(entries);
      }
    }

    void signal(MemberTag tag, Bytes envelope) {
      if (!cancelled) {
        follower.signal(tag, envelope);
      }
    }

    void reread() {
      if (!cancelled) {
        follower.reread();
      }
    }

    void unavailable() {
      if (!cancelled) {
        follower.unavailable();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      rooms.computeIfPresent(
          room,
          (id, following) -> {
            List<Following> left = following.stream().filter(f -> f != this).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  private final class Listening implements Subscription {
    private final Context context;
    private final Consumer<Notice> handler;
    private volatile boolean cancelled;

    Listening(Context context, Consumer<Notice> handler) {
      this.context = context;
      this.handler = handler;
    }

    void take(Notice notice) {
      if (!cancelled) {
        handler.accept(notice);
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      listeners.remove(this);
    }
  }
}
