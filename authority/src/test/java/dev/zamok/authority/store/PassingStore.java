package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that passes everything on: for tests that change one thing of it. */
public class PassingStore implements Store {
  private final Store store;

  public PassingStore(Store store) {
    this.store = store;
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
    return store.batch(table, partition, changes);
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
