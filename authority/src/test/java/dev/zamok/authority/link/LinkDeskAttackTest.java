package dev.zamok.authority.link;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.TestClock;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links opened at the same moment: everybody has read the row before anybody writes. */
class LinkDeskAttackTest {
  private static final int AT_ONCE = 6;
  private static final Bytes ID = Bytes.fromHex("0f".repeat(16));
  private static final Bytes TOKEN = Bytes.fromHex("01".repeat(32));
  private static final Bytes WRONG = Bytes.fromHex("02".repeat(32));

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final List<Promise<Void>> readers = new ArrayList<>();
  private Vertx vertx;
  private Database database;
  private Store raw;
  private LinkDesk desk;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, Database.Options.in(directory)));
    raw = await(LocalStore.open(vertx, database, clock));
    SecureRandom random = new SecureRandom();
    KeyringSeal seal = new KeyringSeal(Keyring.generate(random), random);
    desk = new LinkDesk(new SealedStore(together(), seal), clock);
  }

  @AfterEach
  void close() {
    await(raw.close());
    await(database.close());
    await(vertx.close());
  }

  /** The store, whose first readers wait for each other. */
  private Store together() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(raw, arguments);
              return method.getName().equals("get") ? held(result) : result;
            });
  }

  @SuppressWarnings("unchecked")
  private Future<Optional<Row>> held(Object read) {
    Future<Optional<Row>> row = (Future<Optional<Row>>) read;
    Promise<Void> all = Promise.promise();
    synchronized (readers) {
      if (readers.size() >= AT_ONCE) {
        return row;
      }
      readers.add(all);
    }
    return row.compose(
        found -> {
          synchronized (readers) {
            if (readers.size() == AT_ONCE) {
              readers.forEach(Promise::tryComplete);
            }
          }
          return all.future().map(found);
        });
  }

  private int opened(int views, Bytes token) {
    StoredLink link =
        new StoredLink(
            AccountId.of(Bytes.fromHex("aa".repeat(16))),
            Hash.of(TOKEN),
            views,
            0,
            clock.millis() + 60_000,
            Bytes.fromHex("55".repeat(100)));
    await(desk.put(ID, link));
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      all.add(desk.open(ID, token).map(done -> true).otherwise(false));
    }
    int opened = 0;
    for (Future<Boolean> one : all) {
      opened += await(one) ? 1 : 0;
    }
    assertThat(readers).hasSize(AT_ONCE);
    return opened;
  }

  @Test
  void ofManyWhoOpenTheLastViewAtOnceExactlyOneGetsIt() {
    assertThat(opened(1, TOKEN)).isEqualTo(1);
  }

  @Test
  void ofManyWhoOpenAtOnceAsManyGetItAsThereAreViews() {
    assertThat(opened(2, TOKEN)).isEqualTo(2);
  }

  /** Each of them counts: they are too many for the copy to survive. */
  @Test
  void manyWrongCodesAtOnceAreNotOneTry() {
    assertThat(opened(1, WRONG)).isZero();
    assertThat(await(desk.open(ID, TOKEN).map(done -> true).otherwise(false))).isFalse();
  }
}
