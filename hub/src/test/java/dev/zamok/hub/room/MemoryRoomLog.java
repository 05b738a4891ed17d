package dev.zamok.hub.room;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.LogHealth;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room log of one partition in memory. Followers and futures are called on the Vert.x context of
 * the call or, where there is none, by the executor given.
 */
public final class MemoryRoomLog implements RoomLog {
  private final Executor calls;
  private final Executor outcomes;
  private final Executor deliveries;
  private final Map<RoomId, MemoryRoom> rooms = new LinkedHashMap<>();
  private final List<Told<Consumer<Notice>>> handlers = new ArrayList<>();
  private long counter;
  private final List<Told<IntConsumer>> doubts = new ArrayList<>();
  private Position floor = Position.ZERO;
  private int restoring;
  private long lease;
  private boolean failing;

  public MemoryRoomLog(Executor otherwise) {
    this(otherwise, otherwise, otherwise);
  }

  /** Each step on an executor of its own; that of the deliveries must keep their order. */
  public MemoryRoomLog(Executor calls, Executor outcomes, Executor deliveries) {
    this.calls = calls;
    this.outcomes = outcomes;
    this.deliveries = deliveries;
  }

  static final class Told<T> implements Subscription {
    final T target;
    final @Nullable Context context;
    volatile boolean over;

    Told(T target, @Nullable Context context) {
      this.target = target;
      this.context = context;
    }

    @Override
    public void cancel() {
      over = true;
    }
  }

  /** From now on every call fails with {@code Unavailable}, or no longer. */
  public synchronized void failing(boolean fails) {
    failing = fails;
  }

  /** Removes entries as {@link #trim} does, without a lease. */
  public synchronized void forget(RoomId room, Position cut) {
    MemoryRoom kept = kept(room);
    kept.entries.removeIf(entry -> !entry.position().isAfter(cut));
    kept.floor = cut;
  }

  /** Loses what came after {@code head}, and gets an eviction back that no entry tells of. */
  public synchronized void restore(RoomId room, Position head, MemberTag evicted, int below) {
    MemoryRoom kept = kept(room);
    kept.entries.removeIf(entry -> entry.position().isAfter(head));
    kept.head = head;
    kept.restoreEviction(evicted, below);
  }

  public synchronized List<Entry> entries(RoomId room) {
    return List.copyOf(kept(room).entries);
  }

  public synchronized long followers() {
    return rooms.values().stream()
        .flatMap(kept -> kept.followers.stream())
        .filter(told -> !told.over)
        .count();
  }

  /** Calls every follower of a room: entries may have been missed. */
  public synchronized void tellReread(RoomId room) {
    for (Told<Follower> told : kept(room).followers) {
      run(told, Follower::reread);
    }
  }

  /** Appends without telling anybody. */
  public synchronized Position appendSilently(Append append) {
    List<Told<Follower>> followers = new ArrayList<>(kept(append.room()).followers);
    kept(append.room()).followers.clear();
    Position position = appendNow(append).position();
    kept(append.room()).followers.addAll(followers);
    return position;
  }

  private MemoryRoom kept(RoomId room) {
    return rooms.computeIfAbsent(room, missing -> new MemoryRoom());
  }

  private <T> Future<T> later(Supplier<T> work) {
    Promise<T> promise = Promise.promise();
    Context context = Vertx.currentContext();
    Executor on = context == null ? calls : run -> context.runOnContext(v -> run.run());
    Executor back = context == null ? outcomes : Runnable::run;
    on.execute(
        () -> {
          try {
            T result;
            synchronized (this) {
              if (failing) {
                throw new Unavailable("the log is switched off", false);
              }
              result = work.get();
            }
            back.execute(() -> promise.complete(result));
          } catch (Rejection | Unavailable e) {
            back.execute(() -> promise.fail(e));
          }
        });
    return promise.future();
  }

  private <T> void run(Told<T> told, Consumer<T> call) {
    Runnable guarded =
        () -> {
          if (!told.over) {
            call.accept(told.target);
          }
        };
    if (told.context == null) {
      deliveries.execute(guarded);
    } else {
      told.context.runOnContext(v -> guarded.run());
    }
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public int partitionOf(RoomId room) {
    return 0;
  }

  @Override
  public Future<Void> openRoom(RoomId room, int epoch) {
    return later(
        () -> {
          open(room, epoch);
          return null;
        });
  }

  public synchronized void open(RoomId room, int epoch) {
    MemoryRoom kept = kept(room);
    if (!kept.known) {
      kept.known = true;
      kept.epoch = epoch;
      kept.minEpoch = epoch;
    }
  }

  @Override
  public Future<Appended> append(Append append) {
    return later(() -> appendNow(append));
  }

  public synchronized Appended appendNow(Append append) {
    MemoryRoom kept = kept(append.room());
    Position before = kept.known(append);
    if (before != null) {
      return new Appended(before, true);
    }
    kept.check(append, lease);
    Entry entry = kept.add(append, Position.of(1, ++counter));
    for (Told<Follower> told : kept.followers) {
      run(told, follower -> follower.entries(List.of(entry)));
    }
    return new Appended(entry.position(), false);
  }

  @Override
  public Future<Void> barrier(int partition) {
    return later(() -> null);
  }

  @Override
  public Future<Subscription> follow(RoomId room, Follower follower) {
    Context context = Vertx.currentContext();
    return later(
        () -> {
          Told<Follower> told = new Told<>(follower, context);
          kept(room).followers.add(told);
          return told;
        });
  }

  @Override
  public Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax) {
    return later(() -> kept(room).page(after, entriesMax, bytesMax));
  }

  @Override
  public Future<RoomState> state(RoomId room) {
    return later(() -> kept(room).state());
  }

  @Override
  public Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max) {
    return later(
        () ->
            kept(room).entries.stream()
                .filter(entry -> entry.kind() == EntryKind.REKEY && entry.epoch() > afterEpoch)
                .limit(max)
                .toList());
  }

  @Override
  public Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope) {
    return later(
        () -> {
          for (Told<Follower> told : kept(room).followers) {
            run(told, follower -> follower.signal(tag, envelope));
          }
          return null;
        });
  }

  @Override
  public synchronized Future<Void> broadcast(Notice notice) {
    handlers.forEach(told -> run(told, handler -> handler.accept(notice)));
    return Future.succeededFuture();
  }

  @Override
  public Future<Subscription> notices(Consumer<Notice> handler) {
    Context context = Vertx.currentContext();
    return later(
        () -> {
          Told<Consumer<Notice>> told = new Told<>(handler, context);
          handlers.add(told);
          return told;
        });
  }

  /** As if nobody had ever claimed it. */
  public synchronized void dropLease() {
    lease = 0;
  }

  /** Its only partition may lack something, as after a fail-over: called until somebody claims. */
  public synchronized void doubt() {
    restoring++;
    doubts.forEach(told -> run(told, handler -> handler.accept(0)));
  }

  /** What the last claim said that the log had come to. */
  public synchronized Position floor() {
    return floor;
  }

  @Override
  public Future<Subscription> doubts(IntConsumer handler) {
    Context context = Vertx.currentContext();
    return later(
        () -> {
          Told<IntConsumer> told = new Told<>(handler, context);
          doubts.add(told);
          return told;
        });
  }

  @Override
  public Future<Void> claim(int partition, long leaseToken, Position floor) {
    return later(
        () -> {
          if (leaseToken < lease) {
            throw new Rejection(ErrorCode.FENCED);
          }
          lease = leaseToken;
          this.floor = floor;
          return null;
        });
  }

  @Override
  public Future<Integer> restoring(int partition) {
    return later(() -> restoring);
  }

  @Override
  public Future<Boolean> restore(long leaseToken, RestoredRoom room) {
    return Future.failedFuture(new Unavailable("a log in memory is not restored", false));
  }

  @Override
  public Future<Void> restored(int partition, long leaseToken, int restore) {
    return later(
        () -> {
          if (leaseToken < lease || restore != restoring) {
            throw new Rejection(ErrorCode.FENCED);
          }
          restoring = 0;
          return null;
        });
  }

  @Override
  public Future<LogHealth> health() {
    return Future.succeededFuture(new LogHealth(List.of()));
  }

  /** Calls every follower of a room: nobody can say whether it is live. */
  public synchronized void tellUnavailable(RoomId room) {
    for (Told<Follower> told : kept(room).followers) {
      run(told, Follower::unavailable);
    }
  }

  @Override
  public Future<List<Moved>> moved(int partition, Position after, int max) {
    return later(List::of);
  }

  @Override
  public Future<Void> archived(long leaseToken, RoomId room, Position upTo) {
    return later(() -> null);
  }

  @Override
  public Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived) {
    return later(
        () -> {
          forget(room, cut);
          return null;
        });
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** A message id that nobody else takes. */
  public static MessageId id(long number) {
    return new MessageId(7, number);
  }
}
