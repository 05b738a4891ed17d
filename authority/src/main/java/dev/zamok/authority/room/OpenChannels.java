package dev.zamok.authority.room;

import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of open channels. A help to find them: what a room's header says decides. */
final class OpenChannels {
  static final int PAGE_MAX = 200;

  private final SealedStore store;

  OpenChannels(SealedStore store) {
    this.store = store;
  }

  Future<Void> add(RoomId room) {
    return store.insert(key(room), Bytes.EMPTY).mapEmpty();
  }

  Future<Void> remove(RoomId room) {
    return store
        .get(key(room))
        .compose(
            found ->
                found
                    .map(row -> store.delete(key(room), row.version()))
                    .orElseGet(() -> Future.succeededFuture(Outcome.APPLIED)))
        .mapEmpty();
  }

  /** By id, at most {@value #PAGE_MAX}. */
  Future<List<RoomId>> page(@Nullable RoomId after) {
    Range range = after == null ? Range.first(PAGE_MAX) : Range.after(after.toBytes(), PAGE_MAX);
    return store
        .range(RoomTables.OPEN, RoomTables.ALL_OPEN, range)
        .map(rows -> rows.stream().map(row -> RoomId.of(row.sort())).toList());
  }

  private static RowKey key(RoomId room) {
    return RoomTables.OPEN.key(RoomTables.ALL_OPEN, room.toBytes());
  }
}
