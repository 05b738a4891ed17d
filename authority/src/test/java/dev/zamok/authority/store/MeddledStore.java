package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store in which something else happens right before a change, as a test says. */
public final class MeddledStore implements Store {
  private final Store store;
  private final Queue<Supplier<Future<?>>> before = new ArrayDeque<>();
  private boolean dropsNothing;

  public MeddledStore(Store store) {
    this.store = store;
  }

  /** Before the next change that nothing was said of. */
  public void before(Supplier<Future<?>> deed) {
    before.add(deed);
  }

  /** The next {@code changes} are left alone. */
  public void pass(int changes) {
    for (int i = 0; i < changes; i++) {
      before.add(Future::succeededFuture);
    }
  }

  public void dropsNothing() {
    dropsNothing = true;
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
    Supplier<Future<?>> deed = before.poll();
    return deed == null
        ? store.batch(table, partition, changes)
        : deed.get().compose(done -> store.batch(table, partition, changes));
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return dropsNothing
        ? Future.failedFuture(new Unavailable("the test refuses", false))
        : store.drop(table, partition);
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
