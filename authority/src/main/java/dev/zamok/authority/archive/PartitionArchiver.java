package dev.zamok.authority.archive;

import dev.zamok.authority.archive.Archiver.Keeping;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.OneByOne;
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
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final AlteredRooms altered = new AlteredRooms();
  private Position cursor = Position.ZERO;
  private Future<Void> running = Future.succeededFuture();
  private final Uncommitted uncommitted;
  private boolean storeWanted;

  /** Then the next run tries again, and nothing sooner. */
  private boolean storeFails;

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
    this.uncommitted = new Uncommitted(partition, ground, new Steps());
  }

  /** What is done with a room whatever the way its entries came. */
  final class Steps {
    /** Nothing for a room that is not ours. */
    Future<Optional<Archived>> opened(RoomId id) {
      return PartitionArchiver.this.opened(id);
    }

    /** Everything that is committed. */
    Future<Void> archive(Archived room) {
      return PartitionArchiver.this.archive(room);
    }

    /** Tells the log that entries are stored; they are committed too, so it may follow later. */
    Future<Void> noted(Archived room, List<Entry> entries) {
      return note(room, entries).recover(failure -> alarm(room.id, failure));
    }

    void failed(Throwable failure) {
      loseIfFenced(failure);
    }

    /** Such a room holds up its partition: nothing is acknowledged that is not stored. */
    void notStored(RoomId room, Throwable failure) {
      if (AlteredRooms.isTold(failure)) {
        altered.found(room, failure, "its partition takes nothing", ground.clock().millis());
      }
    }

    /** See {@link AlteredRooms#times}. */
    int alarms(RoomId room) {
      return altered.times(room);
    }

    /** See {@link AlteredRooms#agrees}. */
    void agrees(RoomId room, int before) {
      altered.agrees(room, before);
    }
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
    storeFails = false;
    return inTurn(
        () ->
            uncommitted
                .store()
                .compose(v -> each(altered.due(begun), this::again))
                .compose(v -> pass(cursor))
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
                .mapEmpty());
  }

  private Future<Void> inTurn(Supplier<Future<Void>> task) {
    running = running.transform(before -> task.get());
    return running;
  }

  /** Stores and commits what the log commits only then; also while the lease is being left. */
  void store() {
    if (storeWanted || storeFails) {
      return;
    }
    storeWanted = true;
    inTurn(
        () -> {
          storeWanted = false;
          return uncommitted
              .store()
              .onFailure(
                  failure -> {
                    storeFails = true;
                    LOG.warn(
                        "partition {} is not stored for now: {}", partition, failure.toString());
                  });
        });
  }

  /** A room that somebody may have repaired. */
  private Future<Void> again(RoomId id) {
    int before = altered.times(id);
    return archive(id).onSuccess(v -> altered.agrees(id, before));
  }

  /** Archives what moved after {@code from}, and yields the new cursor. */
  private Future<Position> pass(Position from) {
    Mark mark = new Mark(from);
    return OneByOne.whileTrue(
            () ->
                ground
                    .log()
                    .moved(partition, mark.at, ROOMS_MAX)
                    .compose(
                        moved ->
                            each(
                                    moved,
                                    one -> room(one.room()).onSuccess(v -> mark.at = one.head()))
                                .map(v -> moved.size() == ROOMS_MAX && !stopped)))
        .compose(v -> trim())
        .map(v -> mark.at);
  }

  /** How far a pass has come. */
  private static final class Mark {
    private Position at;

    Mark(Position at) {
      this.at = at;
    }
  }

  /** One after the other, until this is stopped. */
  private <T> Future<Void> each(List<T> all, Function<T, Future<Void>> step) {
    Iterator<T> left = all.iterator();
    return OneByOne.whileTrue(
        () ->
            stopped || !left.hasNext()
                ? Future.succeededFuture(false)
                : step.apply(left.next()).map(v -> true));
  }

  private Future<Void> room(RoomId id) {
    if (altered.contains(id)) {
      return Future.succeededFuture();
    }
    return archive(id);
  }

  private Future<Void> archive(RoomId id) {
    return opened(id)
        .compose(found -> found.map(this::archive).orElseGet(Future::succeededFuture))
        .recover(failure -> alarm(id, failure));
  }

  /** Nothing for a room that is not ours. */
  private Future<Optional<Archived>> opened(RoomId id) {
    Archived known = rooms.get(id);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    return ground
        .policy()
        .keeping(id)
        .compose(
            keeping ->
                keeping == Keeping.LEAVE
                    ? Future.succeededFuture(Optional.empty())
                    : begin(id, keeping == Keeping.ARCHIVE)
                        .map(from -> Optional.of(open(id, keeping == Keeping.ARCHIVE, from))));
  }

  /** Where the archive of a room goes on; at its beginning where nothing of it is committed. */
  private Future<Position> begin(RoomId id, boolean keeps) {
    return ground
        .log()
        .state(id)
        .map(state -> keeps ? state.archived() : state.floor())
        .recover(
            failure ->
                failure instanceof Rejection refused && refused.code() == ErrorCode.UNKNOWN_ROOM
                    ? Future.succeededFuture(Position.ZERO)
                    : Future.failedFuture(failure));
  }

  private Archived open(RoomId id, boolean keeps, Position from) {
    Archived room = new Archived(id, keeps, from, ground);
    rooms.put(id, room);
    return room;
  }

  private Future<Void> archive(Archived room) {
    return OneByOne.whileTrue(() -> archivePage(room)).recover(failure -> alarm(room.id, failure));
  }

  /** Yields whether there are more. */
  private Future<Boolean> archivePage(Archived room) {
    return ground
        .log()
        .read(room.id, room.upTo, ArchiveWriter.ENTRIES_MAX, READ_BYTES)
        .compose(
            page ->
                page.entries().isEmpty()
                    ? Future.succeededFuture(false)
                    : take(room, page).map(v -> page.more()));
  }

  private Future<Void> take(Archived room, Page page) {
    List<Entry> entries = page.entries();
    if (room.keeps && !page.complete()) {
      LOG.error("entries of room {} left the log before they were archived", room.id);
    }
    return (room.keeps ? room.writer.write(entries) : Future.<Void>succeededFuture())
        .compose(v -> note(room, entries));
  }

  private Future<Void> note(Archived room, List<Entry> entries) {
    Position last = entries.get(entries.size() - 1).position();
    return (room.keeps
            ? ground.log().archived(ground.leases().token(room.id), room.id, last)
            : Future.<Void>succeededFuture())
        .onSuccess(v -> advance(room, entries));
  }

  private void advance(Archived room, List<Entry> entries) {
    Position last = entries.get(entries.size() - 1).position();
    long bytes = entries.stream().mapToLong(entry -> entry.body().size()).sum();
    room.upTo = last;
    ground.leases().reached(partition, last);
    room.window.add(last, ground.clock().millis(), entries.size(), bytes);
    int messages = (int) entries.stream().filter(e -> e.kind() == EntryKind.MESSAGE).count();
    if (messages > 0) {
      ground.policy().read(room.id, messages);
    }
  }

  private Future<Void> alarm(RoomId id, Throwable failure) {
    rooms.remove(id);
    if (AlteredRooms.isTold(failure)) {
      altered.found(id, failure, "it is archived no more", ground.clock().millis());
      return Future.succeededFuture();
    }
    loseIfFenced(failure);
    return Future.failedFuture(failure);
  }

  private Future<Void> trim() {
    long now = ground.clock().millis();
    return each(
        List.copyOf(rooms.values()),
        room ->
            room.window.cut(now).map(cut -> trim(room, cut)).orElseGet(Future::succeededFuture));
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
}
