package dev.zamok.authority.archive;

import dev.zamok.authority.epoch.Leases;
import dev.zamok.authority.epoch.Timers;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomLog;
import dev.zamok.roomlog.RoomState;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is committed in the log to the store, and trims the log behind it: one loop per
 * partition, room by room. Where a loop has come to is in memory: a new process looks at every room
 * of the log once. Entries leave the log only once the store has them, except in rooms that keep no
 * history.
 *
 * <p>Belongs to the event loop of the authority.
 */
public final class Archiver {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
  private static final int ROOMS_MAX = 100;
  private static final int READ_BYTES = 1 << 20;

  private final SealedStore store;
  private final RoomLog log;
  private final Leases leases;
  private final Policy policy;
  private final ArchiveConfig config;
  private final Pace pace;
  private final Map<RoomId, Archived> rooms = new HashMap<>();
  private final Map<Integer, Position> cursors = new HashMap<>();
  private final Set<RoomId> altered = new HashSet<>();
  private boolean closed;

  /** What rooms say about their history, and who wants to know what is read. */
  public interface Policy {
    /** What is to happen to the entries of a room. */
    Future<Keeping> keeping(RoomId room);

    /** So many messages of members were read. */
    void read(RoomId room, int messages);
  }

  /** What is to happen to the entries of a room. */
  public enum Keeping {
    ARCHIVE,
    /** They are only trimmed. */
    TRIM,
    /** The room is not ours. */
    LEAVE
  }

  /** When things happen. */
  public record Pace(Clock clock, Timers timers) {}

  public Archiver(
      SealedStore store,
      RoomLog log,
      Leases leases,
      Policy policy,
      ArchiveConfig config,
      Pace pace) {
    this.store = store;
    this.log = log;
    this.leases = leases;
    this.policy = policy;
    this.config = config;
    this.pace = pace;
  }

  /** Starts the loops. */
  public void start() {
    for (int partition = 0; partition < log.partitions(); partition++) {
      loop(partition);
    }
  }

  /** What was begun ends by itself; nothing new begins. */
  public void close() {
    closed = true;
  }

  /** How many rooms are not archived because log and store differ: an alarm when it is not 0. */
  public int alteredRooms() {
    return altered.size();
  }

  private void loop(int partition) {
    if (closed || !leases.held()) {
      return;
    }
    run(partition)
        .onComplete(
            done -> {
              if (done.failed()) {
                failed(partition, done.cause());
              }
              pace.timers().after(config.every(), () -> loop(partition));
            });
  }

  /** Archives what moved since the last run. One run at a time. */
  public Future<Void> run(int partition) {
    return pass(partition, cursors.getOrDefault(partition, Position.ZERO))
        .onSuccess(next -> cursors.put(partition, next))
        .mapEmpty();
  }

  private void failed(int partition, Throwable failure) {
    LOG.warn("partition {} is not archived for now: {}", partition, failure.toString());
  }

  /** Archives what moved after {@code cursor}, and yields the new cursor. */
  private Future<Position> pass(int partition, Position cursor) {
    return log.moved(partition, cursor, ROOMS_MAX)
        .compose(
            moved ->
                rooms(moved, 0, cursor)
                    .compose(
                        next ->
                            moved.size() < ROOMS_MAX || closed
                                ? trim().map(next)
                                : pass(partition, next)));
  }

  private Future<Position> rooms(List<RoomLog.Moved> moved, int at, Position cursor) {
    if (at == moved.size()) {
      return Future.succeededFuture(cursor);
    }
    RoomLog.Moved room = moved.get(at);
    return room(room.room()).compose(v -> rooms(moved, at + 1, room.head()));
  }

  private Future<Void> room(RoomId id) {
    if (altered.contains(id)) {
      return Future.succeededFuture();
    }
    Archived known = rooms.get(id);
    if (known != null) {
      return archive(known);
    }
    return policy
        .keeping(id)
        .compose(
            keeping ->
                keeping == Keeping.LEAVE
                    ? Future.succeededFuture()
                    : log.state(id).compose(state -> archive(open(id, keeping, state))));
  }

  private Archived open(RoomId id, Keeping keeping, RoomState state) {
    boolean keeps = keeping == Keeping.ARCHIVE;
    Position from = keeps ? state.archived() : state.floor();
    Archived room = new Archived(id, keeps, from);
    rooms.put(id, room);
    return room;
  }

  private Future<Void> archive(Archived room) {
    return log.read(room.id, room.upTo, ArchiveWriter.ENTRIES_MAX, READ_BYTES)
        .compose(
            page ->
                page.entries().isEmpty()
                    ? Future.<Void>succeededFuture()
                    : take(room, page)
                        .compose(v -> page.more() ? archive(room) : Future.succeededFuture()))
        .recover(failure -> alarm(room, failure));
  }

  private Future<Void> take(Archived room, Page page) {
    List<Entry> entries = page.entries();
    if (room.keeps && !page.complete()) {
      LOG.error("entries of room {} left the log before they were archived", room.id);
    }
    Position last = entries.get(entries.size() - 1).position();
    Future<Void> stored =
        room.keeps
            ? room.writer
                .write(entries)
                .compose(v -> log.archived(leases.token(room.id), room.id, last))
            : Future.succeededFuture();
    return stored.onSuccess(
        v -> {
          long bytes = entries.stream().mapToLong(entry -> entry.body().size()).sum();
          room.upTo = last;
          room.window.add(last, pace.clock().millis(), entries.size(), bytes);
          int messages = (int) entries.stream().filter(e -> e.kind() == EntryKind.MESSAGE).count();
          if (messages > 0) {
            policy.read(room.id, messages);
          }
        });
  }

  private Future<Void> alarm(Archived room, Throwable failure) {
    if (failure instanceof ArchiveWriter.Altered) {
      LOG.error("ALARM: room {}: {}; it is archived no more", room.id, failure.getMessage());
      altered.add(room.id);
      rooms.remove(room.id);
      return Future.succeededFuture();
    }
    if (isFenced(failure)) {
      leases.lost();
    }
    rooms.remove(room.id);
    return Future.failedFuture(failure);
  }

  private Future<Void> trim() {
    long now = pace.clock().millis();
    Future<Void> trimmed = Future.succeededFuture();
    for (Archived room : List.copyOf(rooms.values())) {
      var cut = room.window.cut(now);
      if (cut.isPresent()) {
        trimmed = trimmed.compose(v -> trim(room, cut.get()));
      }
    }
    return trimmed;
  }

  private Future<Void> trim(Archived room, Position cut) {
    return log.trim(leases.token(room.id), room.id, cut, !room.keeps)
        .onSuccess(
            v -> {
              room.window.removed(cut);
              if (room.window.isEmpty()) {
                rooms.remove(room.id);
              }
            })
        .onFailure(
            failure -> {
              if (isFenced(failure)) {
                leases.lost();
              }
            });
  }

  private static boolean isFenced(Throwable failure) {
    return failure instanceof Rejection rejection && rejection.code() == ErrorCode.FENCED;
  }

  /** A room some of whose entries are in the log. */
  private final class Archived {
    private final RoomId id;
    private final boolean keeps;
    private final ArchiveWriter writer;
    private final HotWindow window;
    private Position upTo;

    Archived(RoomId id, boolean keeps, Position from) {
      this.id = id;
      this.keeps = keeps;
      this.writer = new ArchiveWriter(id, store, config);
      this.window = new HotWindow(config, from, pace.clock().millis());
      this.upTo = from;
    }
  }
}
