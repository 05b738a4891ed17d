package dev.zamok.authority.room;

import dev.zamok.authority.lease.Leases;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rooms whose change is under way: noted before the first step, removed after the last. Whoever
 * takes the lease of a partition finishes first what is found here.
 *
 * <p>Also knows the rooms that are <em>blocked</em>: somebody is to be shut out and the log could
 * not be told yet, or nobody looked yet after a lease was taken. No ticket and no share is given
 * for them. Who holds the lease knows it; the others read it in the row.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Unfinished {
  /** Somebody asked for a reset that nothing else would tell of. */
  private static final int RESET = 1;

  /** Somebody is to be shut out, and the log could not be told. */
  private static final int BLOCKED = 2;

  /** The log was asked to hold the room until its next epoch. */
  private static final int HELD = 4;

  private final SealedStore store;
  private final Leases leases;
  private final Map<RoomId, Noted> noted = new HashMap<>();
  private final Set<RoomId> blocked = new HashSet<>();

  Unfinished(SealedStore store, Leases leases) {
    this.store = store;
    this.leases = leases;
  }

  private record Noted(int flags, long version) {}

  /** Reads what the last holder of a partition left, and blocks those rooms. */
  Future<List<RoomId>> load(int partition) {
    forget(partition);
    return load(partition, Range.first(Range.LIMIT_MAX), new ArrayList<>());
  }

  private Future<List<RoomId>> load(int partition, Range range, List<RoomId> found) {
    return store
        .range(RoomTables.UNFINISHED, RoomTables.unfinished(partition), range)
        .compose(
            rows -> {
              for (Row row : rows) {
                RoomId room = RoomId.of(row.sort());
                noted.put(room, new Noted(row.body().get(0), row.version()));
                blocked.add(room);
                found.add(room);
              }
              if (rows.size() < Range.LIMIT_MAX) {
                return Future.succeededFuture(found);
              }
              Bytes last = rows.get(rows.size() - 1).sort();
              return load(partition, Range.after(last, Range.LIMIT_MAX), found);
            });
  }

  /** Somebody else's from now on. */
  void forget(int partition) {
    noted.keySet().removeIf(room -> leases.partitionOf(room) == partition);
    blocked.removeIf(room -> leases.partitionOf(room) == partition);
  }

  /** Notes that a change begins. */
  Future<Void> begin(RoomId room) {
    return set(room, flags(room));
  }

  /** The same for a change that is a reset for its own sake. */
  Future<Void> beginReset(RoomId room) {
    return set(room, flags(room) | RESET);
  }

  /** The same for one before which the room is held: a new epoch must follow, whatever becomes. */
  Future<Void> beginHeld(RoomId room) {
    return set(room, flags(room) | HELD);
  }

  /** The same for a reset for its own sake. */
  Future<Void> beginHeldReset(RoomId room) {
    return set(room, flags(room) | RESET | HELD);
  }

  boolean isHeld(RoomId room) {
    return (flags(room) & HELD) != 0;
  }

  /** What the row says, whoever wrote it. */
  static Future<Boolean> isHeld(SealedStore store, int partition, RoomId room) {
    return store
        .get(RoomTables.UNFINISHED.key(RoomTables.unfinished(partition), room.toBytes()))
        .map(found -> found.isPresent() && (found.get().body().get(0) & HELD) != 0);
  }

  private int flags(RoomId room) {
    Noted now = noted.get(room);
    return now == null ? 0 : now.flags();
  }

  private Future<Void> set(RoomId room, int flags) {
    Noted now = noted.get(room);
    if (now != null && now.flags() == flags) {
      return Future.succeededFuture();
    }
    Bytes body = new ByteWriter().u8(flags).toBytes();
    var changed =
        now == null ? store.insert(key(room), body) : store.put(key(room), now.version(), body);
    long version = now == null ? 1 : now.version() + 1;
    return changed.map(
        outcome -> {
          RoomRows.requireApplied(outcome);
          noted.put(room, new Noted(flags, version));
          return null;
        });
  }

  /** Notes that nothing is left to do. */
  Future<Void> end(RoomId room) {
    blocked.remove(room);
    Noted now = noted.get(room);
    if (now == null) {
      return Future.succeededFuture();
    }
    return store
        .delete(key(room), now.version())
        .map(
            outcome -> {
              RoomRows.requireApplied(outcome);
              noted.remove(room);
              return null;
            });
  }

  boolean wantsReset(RoomId room) {
    return (flags(room) & RESET) != 0;
  }

  /** The epoch that was wanted began; something else is still to do. */
  Future<Void> forgetEpoch(RoomId room) {
    return noted.containsKey(room)
        ? set(room, flags(room) & ~(RESET | HELD))
        : Future.succeededFuture();
  }

  List<RoomId> rooms() {
    return List.copyOf(noted.keySet());
  }

  boolean contains(RoomId room) {
    return noted.containsKey(room);
  }

  Future<Void> block(RoomId room) {
    blocked.add(room);
    return noted.containsKey(room) ? set(room, flags(room) | BLOCKED) : Future.succeededFuture();
  }

  Future<Void> unblock(RoomId room) {
    blocked.remove(room);
    return noted.containsKey(room) ? set(room, flags(room) & ~BLOCKED) : Future.succeededFuture();
  }

  Future<Boolean> isBlocked(RoomId room) {
    if (leases.holds(room)) {
      return Future.succeededFuture(blocked.contains(room));
    }
    return store
        .get(key(room))
        .map(found -> found.isPresent() && (found.get().body().get(0) & BLOCKED) != 0);
  }

  private RowKey key(RoomId room) {
    Bytes partition = RoomTables.unfinished(leases.partitionOf(room));
    return RoomTables.UNFINISHED.key(partition, room.toBytes());
  }
}
