package dev.zamok.authority.epoch;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of epochs. */
public final class EpochRows {
  private final SealedStore store;

  public EpochRows(SealedStore store) {
    this.store = store;
  }

  /** The newest one, prepared or begun. */
  public Future<Optional<Epoch>> newest(RoomId room) {
    return store
        .range(EpochTables.EPOCH, room.toBytes(), Range.last(1))
        .map(rows -> rows.stream().findFirst().map(Epoch::of));
  }

  public Future<Optional<Epoch>> get(RoomId room, int n) {
    return store.get(EpochTables.epoch(room, n)).map(found -> found.map(Epoch::of));
  }

  /** From {@code from} to {@code to}, both included, oldest first; at most 1,000. */
  public Future<List<Epoch>> range(RoomId room, int from, int to) {
    int limit = (int) Math.min(Range.LIMIT_MAX, Math.max(1L, (long) to - from + 1));
    if (to < from) {
      return Future.succeededFuture(List.of());
    }
    var until = to == Integer.MAX_VALUE ? null : EpochTables.number(to + 1);
    Range range = new Range(EpochTables.number(Math.max(0, from)), until, limit, false);
    return store
        .range(EpochTables.EPOCH, room.toBytes(), range)
        .map(rows -> rows.stream().map(Epoch::of).toList());
  }

  /** Fails with {@link Unavailable} when another process prepared this epoch. */
  Future<Epoch> insert(Epoch epoch) {
    RowKey key = EpochTables.epoch(epoch.rekey().room(), epoch.n());
    return store.insert(key, epoch.body()).map(outcome -> stored(outcome, epoch.withVersion(1)));
  }

  /** Fails with {@link Unavailable} when the row has changed. */
  Future<Epoch> update(Epoch epoch) {
    RowKey key = EpochTables.epoch(epoch.rekey().room(), epoch.n());
    return store
        .put(key, epoch.version(), epoch.body())
        .map(outcome -> stored(outcome, epoch.withVersion(epoch.version() + 1)));
  }

  private static Epoch stored(Outcome outcome, Epoch epoch) {
    if (!outcome.applied()) {
      throw new Unavailable("another authority changed this epoch", false);
    }
    return epoch;
  }

  /** Removes every epoch before {@code n}. */
  Future<Void> forgetBefore(RoomId room, int n) {
    return range(room, 1, n - 1)
        .compose(
            old -> {
              if (old.isEmpty()) {
                return Future.succeededFuture();
              }
              int some = Math.min(old.size(), dev.zamok.authority.store.Store.BATCH_CHANGES_MAX);
              List<Change> changes = new ArrayList<>(some);
              for (Epoch epoch : old.subList(0, some)) {
                changes.add(Change.delete(EpochTables.number(epoch.n()), epoch.version()));
              }
              return store
                  .batch(EpochTables.EPOCH, room.toBytes(), changes)
                  .compose(
                      outcome ->
                          outcome.applied() && some < old.size()
                              ? forgetBefore(room, n)
                              : Future.succeededFuture());
            });
  }
}
