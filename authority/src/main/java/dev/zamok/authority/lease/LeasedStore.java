package dev.zamok.authority.lease;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store that writes the rows of a room only while the room's lease is held, looked at again with
 * each write: whoever was stopped in the middle of a change does not go on with it. Reads, and
 * tables it was not told of, pass.
 */
public final class LeasedStore implements Store {
  /** Where in the key of a row its room stands. */
  public enum RoomIn {
    /** The first 16 bytes of the partition. */
    PARTITION,
    /** The sort key. */
    SORT
  }

  private final Store store;
  private final Leases leases;
  private final Map<Table, RoomIn> tables;

  public LeasedStore(Store store, Leases leases, Map<Table, RoomIn> tables) {
    this.store = store;
    this.leases = leases;
    this.tables = Map.copyOf(tables);
  }

  @Override
  public Future<Optional<Row>> get(RowKey key) {
    return store.get(key);
  }

  @Override
  public Future<List<Row>> range(Table table, Bytes partition, Range range) {
    return store.range(table, partition, range);
  }

  @Override
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    return mayWrite(table, partition, changes)
        ? store.batch(table, partition, changes)
        : Leases.notInCharge();
  }

  private boolean mayWrite(Table table, Bytes partition, List<Change> changes) {
    RoomIn in = tables.get(table);
    if (in == null) {
      return true;
    }
    return in == RoomIn.PARTITION
        ? leases.holds(roomOf(partition))
        : changes.stream().allMatch(change -> leases.holds(RoomId.of(change.sort())));
  }

  private static RoomId roomOf(Bytes partition) {
    return RoomId.of(partition.slice(0, RoomId.SIZE));
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return tables.get(table) != RoomIn.PARTITION || leases.holds(roomOf(partition))
        ? store.drop(table, partition)
        : Leases.notInCharge();
  }

  @Override
  public Future<List<Row>> scan(Table table, @Nullable RowKey after, int limit) {
    return store.scan(table, after, limit);
  }

  @Override
  public Future<Boolean> reseal(Row row, Bytes body) {
    return store.reseal(row, body);
  }

  @Override
  public Future<Set<String>> tables() {
    return store.tables();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
