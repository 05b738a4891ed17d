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
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives rooms back to a log that lost them all: a partition without a single room, of which the
 * store knows positions. One scan of all rooms serves all partitions that were found empty until it
 * began. What was never archived is lost; positions go on above what the store knows.
 *
 * <p>Register it before whatever needs the rooms. Belongs to the event loop of the authority.
 */
public final class RoomRestorer implements LeaseUser {
  private static final Logger LOG = LoggerFactory.getLogger(RoomRestorer.class);

  private final SealedStore store;
  private final RoomLog log;
  private final Leases leases;
  private final EpochRows epochs;
  private final RoomRows rooms;
  private final Function<RoomId, Future<Position>> lastArchived;
  private final Set<Integer> unfinished = new HashSet<>();
  private Set<Integer> waiting = new HashSet<>();
  private Promise<Void> next = Promise.promise();
  private boolean scanning;

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
    if (leases.floor(partition).equals(Position.ZERO)) {
      return Future.succeededFuture();
    }
    return log.moved(partition, Position.ZERO, 1)
        .compose(
            any ->
                any.isEmpty() || unfinished.contains(partition)
                    ? restore(partition)
                    : Future.succeededFuture());
  }

  @Override
  public Future<Void> leaving(int partition) {
    return Future.succeededFuture();
  }

  @Override
  public void lost(int partition) {
    // What was begun is refused by the log.
  }

  private Future<Void> restore(int partition) {
    unfinished.add(partition);
    waiting.add(partition);
    Future<Void> done = next.future();
    if (!scanning) {
      scan();
    }
    return done;
  }

  private void scan() {
    Set<Integer> partitions = waiting;
    Promise<Void> promise = next;
    waiting = new HashSet<>();
    next = Promise.promise();
    scanning = true;
    LOG.warn("the log lost {} partitions: their rooms are restored", partitions.size());
    scan(partitions, null)
        .onSuccess(v -> unfinished.removeAll(partitions))
        .onComplete(
            done -> {
              scanning = false;
              promise.handle(done);
              if (!waiting.isEmpty()) {
                scan();
              }
            });
  }

  private Future<Void> scan(Set<Integer> partitions, @Nullable Row after) {
    return store
        .scan(RoomTables.ROOM, after == null ? null : after.key(), Range.LIMIT_MAX)
        .compose(
            rows -> {
              Future<Void> restored = Future.succeededFuture();
              for (Row row : rows) {
                if (row.sort().equals(RoomTables.HEADER)) {
                  RoomId room = RoomId.of(row.key().partition());
                  if (partitions.contains(leases.partitionOf(room))) {
                    restored = restored.compose(v -> restore(room));
                  }
                }
              }
              return restored.compose(
                  v ->
                      rows.size() < Range.LIMIT_MAX
                          ? Future.succeededFuture()
                          : scan(partitions, rows.get(rows.size() - 1)));
            });
  }

  private Future<Void> restore(RoomId id) {
    Future<Optional<Room>> room = rooms.load(id);
    Future<Position> archived = lastArchived.apply(id);
    Future<Optional<Epoch>> epoch = begun(id);
    return Future.all(room, archived, epoch)
        .compose(
            all -> {
              if (room.result().isEmpty() || epoch.result().isEmpty()) {
                return Future.succeededFuture();
              }
              RestoredRoom known = of(room.result().get(), archived.result(), epoch.result().get());
              return log.restore(leases.token(id), known).recover(RoomRestorer::unlessThere);
            });
  }

  private static Future<Void> unlessThere(Throwable failure) {
    return failure instanceof Rejection rejection && rejection.code() == ErrorCode.FENCED
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
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

  static RestoredRoom of(Room room, Position archived, Epoch epoch) {
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
    int minEpoch = epoch.state() == Epoch.State.GRACE ? epoch.n() - 1 : epoch.n();
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
