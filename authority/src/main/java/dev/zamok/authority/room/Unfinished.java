package dev.zamok.authority.room;

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
 * The rooms whose change is under way: noted before the first step, removed after the last. What is
 * found here at a start is finished first.
 *
 * <p>Also knows the rooms that are <em>blocked</em>: somebody is to be shut out and the log could
 * not be told yet, or nobody looked yet after a start. No ticket and no share is given for them.
 *
 * <p>Belongs to the event loop of the authority.
 */
final class Unfinished {
  /** Somebody asked for a reset that nothing else would tell of. */
  private static final int RESET = 1;

  private final SealedStore store;
  private final Map<RoomId, Noted> noted = new HashMap<>();
  private final Set<RoomId> blocked = new HashSet<>();

  Unfinished(SealedStore store) {
    this.store = store;
  }

  private record Noted(int flags, long version) {}

  /** Reads what the last process left, and blocks those rooms. */
  Future<List<RoomId>> load() {
    return load(Range.first(Range.LIMIT_MAX), new ArrayList<>());
  }

  private Future<List<RoomId>> load(Range range, List<RoomId> found) {
    return store
        .range(RoomTables.UNFINISHED, RoomTables.ALL_UNFINISHED, range)
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
              return load(Range.after(last, Range.LIMIT_MAX), found);
            });
  }

  /**
   * Notes that a change begins.
   *
   * @param reset the change is a reset for its own sake
   */
  Future<Void> begin(RoomId room, boolean reset) {
    Noted now = noted.get(room);
    int flags = (now == null ? 0 : now.flags()) | (reset ? RESET : 0);
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
    Noted now = noted.get(room);
    return now != null && (now.flags() & RESET) != 0;
  }

  /** The reset was made; something else is still to do. */
  Future<Void> forgetReset(RoomId room) {
    Noted now = noted.get(room);
    if (now == null || now.flags() == 0) {
      return Future.succeededFuture();
    }
    return store
        .put(key(room), now.version(), new ByteWriter().u8(0).toBytes())
        .map(
            outcome -> {
              RoomRows.requireApplied(outcome);
              noted.put(room, new Noted(0, now.version() + 1));
              return null;
            });
  }

  List<RoomId> rooms() {
    return List.copyOf(noted.keySet());
  }

  boolean contains(RoomId room) {
    return noted.containsKey(room);
  }

  void block(RoomId room) {
    blocked.add(room);
  }

  void unblock(RoomId room) {
    blocked.remove(room);
  }

  boolean isBlocked(RoomId room) {
    return blocked.contains(room);
  }

  private static RowKey key(RoomId room) {
    return RoomTables.UNFINISHED.key(RoomTables.ALL_UNFINISHED, room.toBytes());
  }
}
