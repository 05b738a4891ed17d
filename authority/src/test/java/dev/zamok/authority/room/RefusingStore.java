package dev.zamok.authority.room;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.PassingStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.List;

/** A store that takes no changes while a test says so. */
final class RefusingStore extends PassingStore {
  private volatile boolean refuses;

  RefusingStore(Store store) {
    super(store);
  }

  void refuses(boolean now) {
    refuses = now;
  }

  @Override
  public Future<Outcome> batch(Table table, Bytes partition, List<Change> changes) {
    return refuses
        ? Future.failedFuture(new Unavailable("the test refuses", false))
        : super.batch(table, partition, changes);
  }
}
