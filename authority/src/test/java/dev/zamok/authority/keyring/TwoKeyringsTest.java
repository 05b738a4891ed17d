package dev.zamok.authority.keyring;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.TestClock;
import dev.zamok.authority.store.Store;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two authorities that start on an empty store at the same moment, each without a keyring. */
class TwoKeyringsTest {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock();
  private final SecureRandom random = new SecureRandom();
  private Database database;
  private Store store;

  @BeforeEach
  void open() {
    database = await(Database.open(vertx, Database.Options.in(directory.resolve("data"))));
    store = await(LocalStore.open(vertx, database, clock));
  }

  @AfterEach
  void close() {
    await(store.close());
    await(database.close());
    await(vertx.close());
  }

  /** Lets nobody write before both have seen that nothing is there. */
  private Store together() {
    AtomicInteger writers = new AtomicInteger();
    Promise<Void> both = Promise.promise();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (self, method, args) -> {
              if (!method.getName().equals("batch")) {
                return call(method, args);
              }
              if (writers.incrementAndGet() == 2) {
                both.complete();
              }
              return both.future().compose(v -> (Future<?>) callUnchecked(method, args));
            });
  }

  private Object call(Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object callUnchecked(Method method, Object[] args) {
    try {
      return method.invoke(store, args);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Keyrings keyrings(Store on, String name) {
    Path file = directory.resolve(name).resolve("keyring");
    return new Keyrings(vertx, on, new KeyringFile(file, directory.resolve("data")), clock, random);
  }

  /** Fault: each would seal rows that the other one cannot open. */
  @Test
  void theSecondOfTwoKeyringsMadeAtOnceIsRefused() {
    Store held = together();
    List<Future<Keyring>> opened =
        List.of(keyrings(held, "one").open(), keyrings(held, "other").open());
    await(Future.join(opened).otherwiseEmpty());
    assertThat(opened).filteredOn(Future::succeeded).hasSize(1);
    assertThat(opened)
        .filteredOn(Future::failed)
        .singleElement()
        .satisfies(
            failed ->
                assertThat(failed.cause())
                    .isInstanceOf(KeyringProblem.class)
                    .hasMessageContaining("is not the one that the database was sealed under"));

    int winner = opened.get(0).succeeded() ? 0 : 1;
    String winners = winner == 0 ? "one" : "other";
    String losers = winner == 0 ? "other" : "one";
    Keyring again = await(keyrings(store, winners).open());
    assertThat(again.activeId()).isEqualTo(opened.get(winner).result().activeId());
    assertThatThrownBy(() -> await(keyrings(store, losers).open()))
        .as("also at its next start")
        .isInstanceOf(KeyringProblem.class);
  }
}
