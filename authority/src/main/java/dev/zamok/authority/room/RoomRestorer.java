package dev.zamok.authority.room;

import dev.zamok.authority.epoch.Epoch;
import dev.zamok.authority.epoch.EpochIds;
import dev.zamok.authority.epoch.EpochRows;
import dev.zamok.authority.lease.LeaseUser;
import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives all rooms back to partitions of the log that lost them or are older than the store, as
 * {@link RoomLog#restoring} tells: also those in which somebody else began and did not come to the
 * end. One scan of all rooms serves all partitions that were asked for until it began. What was
 * never archived is lost; positions go on above what the store knows.
 *
 * <p>Register it before whatever needs the rooms. Belongs to the event loop of the authority.
 */
public final class RoomRestorer implements LeaseUser {
  private static final Logger LOG = LoggerFactory.getLogger(RoomRestorer.class);
  private static final int AT_ONCE_MAX = 16;

  private final SealedStore store;
  private final RoomLog log;
  private final Leases leases;
  private final EpochRows epochs;
  private final RoomRows rooms;
  private final Function<RoomId, Future<Position>> lastArchived;
  private Map<Integer, Part> waiting = new HashMap<>();
  private Map<Integer, Part> current = Map.of();
  private boolean scanning;

  /** A partition that is restored under one lease; done once the log knows that it is whole. */
  private record Part(int partition, long token, int restore, Promise<Void> done) {}

  /**
   * @param lastArchived the position of a room's last entry in the store
   */
  public RoomRestorer(
      SealedStore store,
      RoomLog log,
      Leases leases,
      Function<RoomId, Future<Position>> lastArchived) {
    this.store = store;
    this.log = log;
    this.leases = leases;
    this.epochs = new EpochRows(store);
    this.rooms = new RoomRows(store);
    this.lastArchived = lastArchived;
  }

  @Override
  public Future<Void> gained(int partition) {
    return reopened(partition);
  }

  @Override
  public Future<Void> reopened(int partition) {
    long token = leases.token(partition);
    return log.restoring(partition)
        .compose(
            restore ->
                restore == 0
                    ? Future.succeededFuture()
                    : restore(new Part(partition, token, restore, Promise.promise())));
  }

  @Override
  public Future<Void> leaving(int partition) {
    return Future.succeededFuture();
  }

  @Override
  public void lost(int partition) {
    // What was begun is refused by the log.
  }

  private Future<Void> restore(Part part) {
    Part same = current.get(part.partition());
    if (same != null && same.token() == part.token() && same.restore() == part.restore()) {
      return same.done().future();
    }
    Part before = waiting.put(part.partition(), part);
    if (before != null) {
      before.done().tryFail(new Unavailable("the log was lost again", false));
    }
    if (!scanning) {
      scan();
    }
    return part.done().future();
  }

  private void scan() {
    Map<Integer, Part> parts = waiting;
    waiting = new HashMap<>();
    current = parts;
    scanning = true;
    LOG.info("rooms of {} partitions are lost or may be older: they are restored", parts.size());
    scan(parts, null)
        .onSuccess(v -> parts.values().forEach(this::end))
        .onFailure(failure -> parts.values().forEach(part -> part.done().tryFail(failure)))
        .onComplete(
            done -> {
              scanning = false;
              current = Map.of();
              if (!waiting.isEmpty()) {
                scan();
              }
            });
  }

  private void end(Part part) {
    log.restored(part.partition(), part.token(), part.restore()).onComplete(part.done());
  }

  private Future<Void> scan(Map<Integer, Part> parts, @Nullable Row after) {
    return store
        .scan(RoomTables.ROOM, after == null ? null : after.key(), Range.LIMIT_MAX)
        .compose(
            rows -> {
              List<RoomId> found = new ArrayList<>();
              for (Row row : rows) {
                if (row.sort().equals(RoomTables.HEADER)) {
                  found.add(RoomId.of(row.key().partition()));
                }
              }
              return restoreAll(parts, found)
                  .compose(
                      v ->
                          rows.size() < Range.LIMIT_MAX
                              ? Future.succeededFuture()
                              : scan(parts, rows.get(rows.size() - 1)));
            });
  }

  private Future<Void> restoreAll(Map<Integer, Part> parts, List<RoomId> found) {
    Future<Void> restored = Future.succeededFuture();
    for (int from = 0; from < found.size(); from += AT_ONCE_MAX) {
      List<RoomId> some = found.subList(from, Math.min(found.size(), from + AT_ONCE_MAX));
      restored =
          restored.compose(
              v ->
                  Future.join(some.stream().map(room -> restore(parts, room)).toList()).mapEmpty());
    }
    return restored;
  }

  /** A partition that fails, or whose lease is lost, is left alone from then on. */
  private Future<Void> restore(Map<Integer, Part> parts, RoomId room) {
    Part part = parts.get(leases.partitionOf(room));
    if (part == null) {
      return Future.succeededFuture();
    }
    return restore(part.token(), room)
        .recover(
            failure -> {
              parts.remove(part.partition(), part);
              part.done().tryFail(failure);
              return Future.succeededFuture();
            });
  }

  private Future<Void> restore(long token, RoomId id) {
    Future<Optional<Room>> room = rooms.load(id);
    Future<Position> archived = lastArchived.apply(id);
    Future<Optional<Epoch>> epoch = begun(id);
    // In this order: the hold of an epoch that was over meanwhile would never end.
    Future<Boolean> held = epoch.compose(v -> Unfinished.isHeld(store, leases.partitionOf(id), id));
    return Future.all(room, archived, epoch, held)
        .compose(
            all -> {
              if (room.result().isEmpty() || epoch.result().isEmpty()) {
                return Future.succeededFuture();
              }
              RestoredRoom known =
                  of(room.result().get(), archived.result(), epoch.result().get(), held.result());
              return log.restore(token, known).mapEmpty();
            });
  }

  /** The newest epoch whose rekey was in the log. */
  private Future<Optional<Epoch>> begun(RoomId room) {
    return epochs
        .newest(room)
        .compose(
            newest ->
                newest.isPresent() && newest.get().state() == Epoch.State.PREPARED
                    ? epochs.get(room, newest.get().n() - 1)
                    : Future.succeededFuture(newest));
  }

  private static RestoredRoom of(Room room, Position archived, Epoch epoch, boolean held) {
    Position head = archived.isAfter(epoch.position()) ? archived : epoch.position();
    Entry rekey =
        new Entry(
            room.id(),
            epoch.position(),
            Position.ZERO,
            epoch.atMillis(),
            EntryKind.REKEY,
            MemberTag.NONE,
            epoch.n(),
            EpochIds.rekey(room.id(), epoch.n()),
            epoch.rekey().encoded());
    int lowest = epoch.state() == Epoch.State.GRACE ? epoch.n() - 1 : epoch.n();
    int minEpoch = held ? epoch.n() + 1 : lowest;
    return new RestoredRoom(room.id(), head, epoch.n(), minEpoch, head, rekey, admitted(room));
  }

  /** Tickets of members as they are now, and no older ones. */
  private static Map<MemberTag, Integer> admitted(Room room) {
    Map<MemberTag, Integer> admitted = new HashMap<>();
    for (Member member : room.members()) {
      int below = member.present() ? member.version() : member.version() + 1;
      admitted.put(member.tag(), Math.max(below, member.evictBelow()));
    }
    return admitted;
  }
}
