package dev.zamok.authority.archive;

import dev.zamok.authority.archive.Archiver.Keeping;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
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
 * Archives one partition, room by room. Where it has come to is in memory: whoever takes the lease
 * looks at every room of the partition once. Entries leave the log only once the store has them,
 * except in rooms that keep no history.
 */
final class PartitionArchiver {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionArchiver.class);
  private static final int ROOMS_MAX = 100;
  private static final int READ_BYTES = 1 << 20;

  private final int partition;
  private final Ground ground;
  private final Map<RoomId, Archived> rooms = new HashMap<>();
  private final Set<RoomId> altered = new HashSet<>();
  private Position cursor = Position.ZERO;
  private Future<Void> running = Future.succeededFuture();
  private long currentMillis;
  private boolean stopped;

  /** What the archiver of any partition works with. */
  record Ground(
      SealedStore store,
      RoomLog log,
      Leases leases,
      Archiver.Policy policy,
      ArchiveConfig config,
      Clock clock) {}

  PartitionArchiver(int partition, Ground ground) {
    this.partition = partition;
    this.ground = ground;
    this.currentMillis = ground.clock().millis();
  }

  int partition() {
    return partition;
  }

  boolean isStopped() {
    return stopped;
  }

  int alteredRooms() {
    return altered.size();
  }

  /** When everything there was had been archived, last. */
  long currentMillis() {
    return currentMillis;
  }

  /** Begins nothing new; completes when what is under way has ended. */
  Future<Void> stop() {
    stopped = true;
    return running.otherwiseEmpty();
  }

  /** Archives what moved since the last run. One run at a time. */
  Future<Void> run() {
    long begun = ground.clock().millis();
    running =
        pass(cursor)
            .onSuccess(
                next -> {
                  cursor = next;
                  ground.leases().reached(partition, next);
                  currentMillis = begun;
                })
            .onFailure(
                failure -> {
                  if (failure instanceof Unavailable && !stopped) {
                    ground.leases().suspect(partition);
                  }
                })
            .mapEmpty();
    return running;
  }

  /** Archives what moved after {@code from}, and yields the new cursor. */
  private Future<Position> pass(Position from) {
    return ground
        .log()
        .moved(partition, from, ROOMS_MAX)
        .compose(
            moved ->
                rooms(moved, 0, from)
                    .compose(
                        next ->
                            moved.size() < ROOMS_MAX || stopped ? trim().map(next) : pass(next)));
  }

  private Future<Position> rooms(List<RoomLog.Moved> moved, int at, Position last) {
    if (at == moved.size() || stopped) {
      return Future.succeededFuture(last);
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
    return ground
        .policy()
        .keeping(id)
        .compose(
            keeping ->
                keeping == Keeping.LEAVE
                    ? Future.succeededFuture()
                    : ground.log().state(id).compose(state -> archive(open(id, keeping, state))));
  }

  private Archived open(RoomId id, Keeping keeping, RoomState state) {
    boolean keeps = keeping == Keeping.ARCHIVE;
    Position from = keeps ? state.archived() : state.floor();
    Archived room = new Archived(id, keeps, from);
    rooms.put(id, room);
    return room;
  }

  private Future<Void> archive(Archived room) {
    return ground
        .log()
        .read(room.id, room.upTo, ArchiveWriter.ENTRIES_MAX, READ_BYTES)
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
                .compose(v -> ground.log().archived(ground.leases().token(room.id), room.id, last))
            : Future.succeededFuture();
    return stored.onSuccess(
        v -> {
          long bytes = entries.stream().mapToLong(entry -> entry.body().size()).sum();
          room.upTo = last;
          room.window.add(last, ground.clock().millis(), entries.size(), bytes);
          int messages = (int) entries.stream().filter(e -> e.kind() == EntryKind.MESSAGE).count();
          if (messages > 0) {
            ground.policy().read(room.id, messages);
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
    loseIfFenced(failure);
    rooms.remove(room.id);
    return Future.failedFuture(failure);
  }

  private Future<Void> trim() {
    long now = ground.clock().millis();
    Future<Void> trimmed = Future.succeededFuture();
    for (Archived room : List.copyOf(rooms.values())) {
      var cut = room.window.cut(now);
      if (cut.isPresent() && !stopped) {
        trimmed = trimmed.compose(v -> trim(room, cut.get()));
      }
    }
    return trimmed;
  }

  private Future<Void> trim(Archived room, Position cut) {
    return ground
        .log()
        .trim(ground.leases().token(room.id), room.id, cut, !room.keeps)
        .onSuccess(
            v -> {
              room.window.removed(cut);
              if (room.window.isEmpty()) {
                rooms.remove(room.id);
              }
            })
        .onFailure(this::loseIfFenced);
  }

  /** Of a run that was stopped meanwhile nothing follows: its lease may be ours again. */
  private void loseIfFenced(Throwable failure) {
    boolean fenced = failure instanceof Rejection r && r.code() == ErrorCode.FENCED;
    if (fenced && !stopped) {
      ground.leases().lost(partition);
    }
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
      this.writer = new ArchiveWriter(id, ground.store(), ground.config());
      this.window = new HotWindow(ground.config(), from, ground.clock().millis());
      this.upTo = from;
    }
  }
}
