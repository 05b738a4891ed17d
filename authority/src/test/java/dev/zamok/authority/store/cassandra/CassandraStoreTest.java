package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;

import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.StoreReadContractTest;
import org.jspecify.annotations.Nullable;

class CassandraStoreTest extends StoreReadContractTest {
  private @Nullable CassandraConfig config;

  @Override
  protected Store open() {
    CassandraConfig known = config;
    if (known == null) {
      known = TestRing.cleared();
      config = known;
    }
    return await(CassandraStore.open(vertx, known, clock));
  }

  @Override
  protected void shut(Store store) {
    await(store.close());
  }
}
