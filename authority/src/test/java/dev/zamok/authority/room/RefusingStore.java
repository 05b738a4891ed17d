package dev.zamok.authority.room;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that takes no changes while a test says so. */
final class RefusingStore implements Store {
  private final Store store;
  private volatile boolean refuses;

  RefusingStore(Store store) {
    this.store = store;
  }

  void refuses(boolean now) {
    refuses = now;
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
    return refuses
        ? Future.failedFuture(new Unavailable("the test refuses", false))
        : store.batch(table, partition, changes);
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return store.drop(table, partition);
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
