package dev.zamok.authority.archive;

import dev.zamok.authority.archive.Archiver.Keeping;
import dev.zamok.authority.store.OneByOne;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Page;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of one partition that have entries in the log, and what is done with one: archived,
 * whatever the way its entries came, and trimmed. Entries leave the log only once the store has
 * them, except in rooms that keep no history.
 */
final class ArchivedRooms {
  private static final Logger LOG = LoggerFactory.getLogger(ArchivedRooms.class);
  private static final int READ_BYTES = 1 << 20;

  private final int partition;
  private final PartitionArchiver.Ground ground;
  private final AlteredRooms altered;
  private final BooleanSupplier stopped;
  private final Map<RoomId, Archived> rooms = new HashMap<>();

  /**
   * @param stopped whether nothing may follow from what is under way
   */
  ArchivedRooms(
      int partition,
      PartitionArchiver.Ground ground,
      AlteredRooms altered,
      BooleanSupplier stopped) {
    this.partition = partition;
    this.ground = ground;
    this.altered = altered;
    this.stopped = stopped;
  }

  /** Everything that is committed of a room, if it is ours. */
  Future<Void> archive(RoomId id) {
    return opened(id)
        .compose(found -> found.map(this::archive).orElseGet(Future::succeededFuture))
        .recover(failure -> alarm(id, failure));
  }

  /** Nothing for a room that is not ours. */
  Future<Optional<Archived>> opened(RoomId id) {
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

  /** Everything that is committed. */
  Future<Void> archive(Archived room) {
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

  /** Tells the log that entries are stored; they are committed too, so it may follow later. */
  Future<Void> noted(Archived room, List<Entry> entries) {
    return note(room, entries).recover(failure -> alarm(room.id, failure));
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

  private Future<Void> alarm(RoomId id, Throwable failure) {
    rooms.remove(id);
    if (AlteredRooms.isTold(failure)) {
      altered.found(id, failure, "it is archived no more", ground.clock().millis());
      return Future.succeededFuture();
    }
    loseIfFenced(failure);
    return Future.failedFuture(failure);
  }

  /** Those some of whose entries are in the log, as they are now. */
  List<Archived> all() {
    return List.copyOf(rooms.values());
  }

  /** Takes out of the log what is no longer kept there. */
  Future<Void> trim(Archived room, long nowMillis) {
    return room.window
        .cut(nowMillis)
        .map(cut -> trim(room, cut))
        .orElseGet(Future::succeededFuture);
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
  void loseIfFenced(Throwable failure) {
    boolean fenced = failure instanceof Rejection r && r.code() == ErrorCode.FENCED;
    if (fenced && !stopped.getAsBoolean()) {
      ground.leases().lost(partition);
    }
  }
}
