package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** A store in which something else happens right before a change, as a test says. */
public final class MeddledStore extends PassingStore {
  private final Queue<Supplier<Future<?>>> before = new ArrayDeque<>();
  private boolean dropsNothing;

  public MeddledStore(Store store) {
    super(store);
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
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    Supplier<Future<?>> deed = before.poll();
    return deed == null
        ? super.batch(table, partition, changes)
        : deed.get().compose(done -> super.batch(table, partition, changes));
  }

  @Override
  public Future<Void> drop(Table table, Bytes partition) {
    return dropsNothing
        ? Future.failedFuture(new Unavailable("the test refuses", false))
        : super.drop(table, partition);
  }
}
