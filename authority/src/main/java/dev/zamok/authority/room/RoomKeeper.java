package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.authority.lease.Leases;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rooms in memory, one change of each at a time, only while their leases are held. Belongs to the
 * event loop of the authority.
 */
final class RoomKeeper {
  private final RoomRows rows;
  private final Unfinished unfinished;
  private final Leases leases;
  private final RoomQueue queue = new RoomQueue();
  private final Map<RoomId, Room> cache;

  RoomKeeper(RoomRows rows, Unfinished unfinished, Leases leases, int roomsMax) {
    this.rows = rows;
    this.leases = leases;
    this.unfinished = unfinished;
    this.cache =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<RoomId, Room> eldest) {
            return size() > roomsMax;
          }
        };
  }

  /**
   * Runs {@code task} on the room when nobody else changes it. Fails with {@link Problem#NOT_FOUND}
   * when there is none. After a failure that is no refusal the room is read anew the next time.
   */
  <T> Future<T> inTurn(RoomId id, Function<Room, Future<T>> task) {
    return inTurnIfAny(
        id,
        found -> found.map(task).orElseGet(() -> Future.failedFuture(Problem.NOT_FOUND.refusal())));
  }

  /** As {@link #inTurn}, also for rooms that are not there yet. */
  <T> Future<T> inTurnIfAny(RoomId id, Function<Optional<Room>, Future<T>> task) {
    return queue.run(
        id,
        () ->
            leases
                .whileHeld(id, () -> load(id))
                .compose(task)
                .onFailure(
                    failure -> {
                      if (!(failure instanceof Refusal)) {
                        cache.remove(id);
                      }
                    }));
  }

  boolean serves(RoomId id) {
    return leases.serves(id);
  }

  /** Keeps a room that was just made. */
  void made(Room room) {
    if (leases.holds(room.id())) {
      cache.put(room.id(), room);
    }
  }

  void forget(RoomId id) {
    cache.remove(id);
  }

  private Future<Optional<Room>> load(RoomId id) {
    Room cached = cache.get(id);
    if (cached != null) {
      return Future.succeededFuture(Optional.of(cached));
    }
    return rows.load(id)
        .map(
            found -> {
              found.ifPresent(this::loaded);
              return found;
            });
  }

  /** Completes when no turn of a room of this partition is under way or waits. */
  Future<Void> idle(int partition) {
    return queue.idle(room -> leases.partitionOf(room) == partition);
  }

  /** The lease of a partition is gone: others may change its rooms. */
  void forget(int partition) {
    cache.keySet().removeIf(room -> leases.partitionOf(room) == partition);
  }

  /** The index is behind only where a change did not end. */
  private void loaded(Room room) {
    if (!unfinished.contains(room.id())) {
      room.unindexed().clear();
    }
    made(room);
  }
}
