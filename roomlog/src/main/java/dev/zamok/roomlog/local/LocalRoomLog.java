package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
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
import dev.zamok.roomlog.follow.Followers;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.DatabaseProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The room log of a one-node server, in the embedded database.
 *
 * <p>Everything acknowledged or delivered is on the disk and survives {@code kill -9} and a power
 * loss. One partition. All changes go through one writer that commits what waits together; see
 * {@link Batches}. Reads come from an image in memory ({@link Committed}) and, for older entries,
 * from the database.
 */
public final class LocalRoomLog implements RoomLog {
  /** What a task that carries no entry is counted with in the queue. */
  private static final int TASK_BYTES = 256;

  private final Vertx vertx;
  private final Limits limits;
  private final Followers followers = new Followers();
  private final Batches batches;
  private final PageReader reader;
  private volatile boolean closed;

  private LocalRoomLog(Vertx vertx, Database database, Clock clock, Limits limits) {
    this.vertx = vertx;
    this.limits = limits;
    // Only spreads ids over hash tables: nothing that can be observed depends on it.
    long seed = new SecureRandom().nextLong();
    this.batches = new Batches(database, clock, limits, followers, seed);
    this.reader = new PageReader(database);
  }

  /**
   * Opens the log in {@code database}, which stays the caller's to close, after the log. Fails with
   * {@link DatabaseProblem} when what is stored is damaged or newer. Only one log may be open in a
   * database.
   */
  public static Future<LocalRoomLog> open(Vertx vertx, Database database, Clock clock) {
    return open(vertx, database, clock, Limits.DEFAULT);
  }

  public static Future<LocalRoomLog> open(
      Vertx vertx, Database database, Clock clock, Limits limits) {
    return database
        .prepare(Tables.SCHEMA)
        .compose(
            prepared -> {
              LocalRoomLog log = new LocalRoomLog(vertx, database, clock, limits);
              return log.barrier(0).map(log);
            })
        .recover(cause -> Future.failedFuture(problem(cause)));
  }

  private static Throwable problem(Throwable cause) {
    return cause instanceof Unavailable && cause.getCause() instanceof DatabaseProblem problem
        ? problem
        : cause;
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
    if (epoch < 0) {
      throw new IllegalArgumentException("negative epoch");
    }
    return change(draft -> draft.openRoom(room, epoch));
  }

  @Override
  public Future<Appended> append(Append append) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    int bytes = TASK_BYTES + append.body().size();
    if (!append.kind().isAuthority()
        && batches.intake().queuedBytes() + bytes > limits.queuedBytesMax()) {
      return refusedUnlessKnown(append);
    }
    return submit(new Task<>(vertx.getOrCreateContext(), bytes, draft -> draft.append(append)));
  }

  /** A known id is answered before any other check, also when too much waits. */
  private Future<Appended> refusedUnlessKnown(Append append) {
    Committed committed = batches.committed();
    Room room = committed == null ? null : committed.find(append.room());
    Position known = room == null ? null : room.known(append.tag(), append.id());
    return known != null
        ? Future.succeededFuture(new Appended(known, true))
        : Future.failedFuture(new Rejection(ErrorCode.OVERLOADED));
  }

  @Override
  public Future<Void> barrier(int partition) {
    Objects.checkIndex(partition, 1);
    return change(draft -> {});
  }

  @Override
  public Future<Subscription> follow(RoomId room, Follower follower) {
    return closed
        ? Future.failedFuture(closedError())
        : Future.succeededFuture(followers.follow(vertx.getOrCreateContext(), room, follower));
  }

  @Override
  public Future<Page> read(RoomId room, Position after, int entriesMax, int bytesMax) {
    if (entriesMax < 1 || bytesMax < 0) {
      throw new IllegalArgumentException("no entries asked for");
    }
    return in(
        room, (committed, found) -> reader.page(committed, found, after, entriesMax, bytesMax));
  }

  @Override
  public Future<RoomState> state(RoomId room) {
    return in(room, (committed, found) -> Future.succeededFuture(found.state()));
  }

  @Override
  public Future<List<Entry>> rekeys(RoomId room, int afterEpoch, int max) {
    if (max < 1) {
      throw new IllegalArgumentException("no entries asked for");
    }
    return in(
        room,
        (committed, found) -> {
          Rekeys rekeys = found.rekeys();
          Entry newest = rekeys.newest();
          if (newest == null || newest.epoch() <= afterEpoch) {
            return Future.succeededFuture(List.of());
          }
          List<Position> before = rekeys.between(afterEpoch, max);
          return reader
              .entries(committed, found, before)
              .map(entries -> joined(entries, before.size(), newest));
        });
  }

  /** Fewer than expected were trimmed meanwhile: then the newest alone. */
  private static List<Entry> joined(List<Entry> entries, int expected, Entry newest) {
    if (entries.size() < expected) {
      return List.of(newest);
    }
    List<Entry> all = new java.util.ArrayList<>(entries);
    all.add(newest);
    return List.copyOf(all);
  }

  @Override
  public Future<Void> signal(RoomId room, MemberTag tag, Bytes envelope) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    followers.signal(room, tag, envelope);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> broadcast(Notice notice) {
    if (closed) {
      return Future.failedFuture(closedError());
    }
    followers.notice(notice);
    return Future.succeededFuture();
  }

  @Override
  public Future<Subscription> notices(Consumer<Notice> handler) {
    return closed
        ? Future.failedFuture(closedError())
        : Future.succeededFuture(followers.listen(vertx.getOrCreateContext(), handler));
  }

  @Override
  public Future<Void> claim(int partition, long leaseToken, Position floor) {
    Objects.checkIndex(partition, 1);
    return change(draft -> draft.claim(leaseToken, floor));
  }

  @Override
  public Future<Integer> restoring(int partition) {
    Objects.checkIndex(partition, 1);
    Committed committed = batches.committed();
    return closed || committed == null
        ? Future.failedFuture(closedError())
        : Future.succeededFuture(committed.restoring());
  }

  @Override
  public Future<Boolean> restore(long leaseToken, RestoredRoom room) {
    return changed(draft -> draft.restore(leaseToken, room));
  }

  @Override
  public Future<Void> restored(int partition, long leaseToken, int restore) {
    Objects.checkIndex(partition, 1);
    return change(draft -> draft.restored(leaseToken, restore));
  }

  @Override
  public Future<LogHealth> health() {
    Committed committed = batches.committed();
    int generation = committed == null ? 0 : committed.generation();
    String problem = closed ? "closed" : batches.isSuspect() ? "the last commit failed" : null;
    return Future.succeededFuture(
        new LogHealth(
            List.of(
                new LogHealth.Shard(
                    "local", "local", 0, 0, 0, generation, Duration.ZERO, problem))));
  }

  @Override
  public Future<List<Moved>> moved(int partition, Position after, int max) {
    Objects.checkIndex(partition, 1);
    Committed committed = batches.committed();
    return closed || committed == null
        ? Future.failedFuture(closedError())
        : Future.succeededFuture(committed.moved(after, max));
  }

  @Override
  public Future<Void> archived(long leaseToken, RoomId room, Position upTo) {
    return change(draft -> draft.archived(leaseToken, room, upTo));
  }

  @Override
  public Future<Void> trim(long leaseToken, RoomId room, Position cut, boolean unarchived) {
    return change(draft -> draft.trim(leaseToken, room, cut, unarchived));
  }

  @Override
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    Future<Void> last = barrier(0);
    closed = true;
    // A log that cannot be written has nothing under way that could still be committed.
    return last.<Void>mapEmpty().otherwiseEmpty().onComplete(done -> followers.clear());
  }

  private Future<Void> change(Consumer<Draft> change) {
    return this.<Void>changed(
        draft -> {
          change.accept(draft);
          return null;
        });
  }

  private <T> Future<T> changed(Task.Decision<T> change) {
    return closed
        ? Future.failedFuture(closedError())
        : submit(new Task<>(vertx.getOrCreateContext(), TASK_BYTES, change));
  }

  private <T> Future<T> submit(Task<T> task) {
    batches.intake().add(task);
    return task.future();
  }

  /** Something done with a room that has state. */
  private interface InRoom<T> {
    Future<T> with(Committed committed, Room room);
  }

  private <T> Future<T> in(RoomId id, InRoom<T> action) {
    Committed committed = batches.committed();
    if (closed || committed == null) {
      return Future.failedFuture(closedError());
    }
    // In this order: what is not found then may be given back any moment.
    int restoring = committed.restoring();
    Room room = committed.find(id);
    return room == null || (restoring != 0 && !committed.isMended(id))
        ? Future.failedFuture(Room.unknown(restoring))
        : action.with(committed, room);
  }

  private static Unavailable closedError() {
    return new Unavailable("the room log is closed", false);
  }
}
