package dev.zamok.authority.store.local;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.StoreReadContractTest;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends StoreReadContractTest {
  @TempDir Path directory;
  private Database database;

  @Override
  protected Store open() {
    database = await(Database.open(vertx, Database.Options.in(directory)));
    return await(LocalStore.open(vertx, database, clock));
  }

  @Override
  protected void shut(Store store) {
    await(store.close());
    await(database.close());
  }

  @Test
  void expiredRowsAreRemovedFromTheFile() {
    Table table = Table.versioned("brief");
    Bytes key = Bytes.fromHex("01");
    var expires = clock.instant().plusSeconds(10);
    await(store.batch(table, key, List.of(new Change.Insert(key, key, expires))));
    await(store.batch(table, key, List.of(Change.insert(Bytes.EMPTY, key))));
    LocalStore local = (LocalStore) store;
    assertThat(await(local.sweep())).isZero();
    clock.advance(Duration.ofSeconds(10));
    assertThat(await(local.sweep())).isEqualTo(1);
    assertThat(await(local.sweep())).isZero();
  }
}
