package dev.zamok.authority.store;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.authority.TestClock;
import dev.zamok.authority.keyring.KeyringSeal;
import dev.zamok.authority.store.local.LocalStore;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.row.Keyring;
import dev.zamok.protocol.Bytes;
import dev.zamok.roomlog.sqlite.Database;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedStoreTest {
  private static final Table NOTES = Table.versioned("notes");
  private static final Table EVENTS = Table.immutable("events");
  private static final Bytes HOME = Bytes.fromHex("aa");
  private static final Bytes A = Bytes.fromHex("01");
  private static final Bytes B = Bytes.fromHex("02");
  private static final Bytes C = Bytes.fromHex("03");
  private static final Bytes TEXT = StoreContractTest.bytes("in the clear");

  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();
  private final Keyring keyring = Keyring.generate(random);
  private Vertx vertx;
  private Database database;
  private Store raw;
  private SealedStore store;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    database = await(Database.open(vertx, Database.Options.in(directory)));
    raw = await(LocalStore.open(vertx, database, new TestClock()));
    store = new SealedStore(raw, new KeyringSeal(keyring, random));
  }

  @AfterEach
  void close() {
    await(raw.close());
    await(database.close());
    await(vertx.close());
  }

  @Test
  void bodiesAreSealedBeforeTheDriverAndOpenedAfterIt() {
    RowKey key = NOTES.key(HOME, A);
    assertThat(await(store.insert(key, TEXT)).applied()).isTrue();
    assertThat(await(store.get(key))).contains(new Row(key, 1, TEXT));
    assertThat(await(store.range(NOTES, HOME, Range.first(5)))).hasSize(1);
    assertThat(await(store.scan(NOTES, null, 5))).contains(new Row(key, 1, TEXT));
    Bytes stored = await(raw.get(key)).orElseThrow().body();
    assertThat(new String(stored.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("clear");
    assertThat(await(store.put(key, 1, TEXT)).applied()).isTrue();
    assertThat(await(raw.get(key)).orElseThrow().body()).as("another seal").isNotEqualTo(stored);
    assertThat(await(store.put(key, 1, TEXT))).isEqualTo(Outcome.conflict(0, 2));
    assertThat(await(store.delete(key, 2)).applied()).isTrue();
    assertThat(await(store.get(key))).isEmpty();
  }

  @Test
  void theSameContentAgainIsAppliedThoughItsSealDiffers() {
    RowKey key = EVENTS.key(HOME, A);
    assertThat(await(store.insert(key, TEXT)).applied()).isTrue();
    assertThat(await(store.insert(key, TEXT)).applied()).isTrue();
    assertThat(await(store.insert(key, HOME))).isEqualTo(Outcome.conflict(0, 1));
    assertThat(await(store.get(key)).orElseThrow().body()).isEqualTo(TEXT);
  }

  @Test
  void aBatchRepeatedAfterALostAnswerFillsWhatIsMissing() {
    await(store.insert(EVENTS.key(HOME, B), TEXT));
    List<Change> batch =
        List.of(Change.insert(A, TEXT), Change.insert(B, TEXT), Change.insert(C, TEXT));
    assertThat(await(store.batch(EVENTS, HOME, batch)).applied()).isTrue();
    assertThat(await(store.batch(EVENTS, HOME, batch)).applied()).isTrue();
    assertThat(await(store.range(EVENTS, HOME, Range.first(5)))).hasSize(3);
    List<Change> other = List.of(Change.insert(A, TEXT), Change.insert(B, HOME));
    assertThat(await(store.batch(EVENTS, HOME, other))).isEqualTo(Outcome.conflict(1, 1));
  }

  @Test
  void aRowMovedToAnotherPlaceOrVersionDoesNotOpen() {
    RowKey a = NOTES.key(HOME, A);
    await(store.insert(a, TEXT));
    Bytes sealed = await(raw.get(a)).orElseThrow().body();
    for (RowKey elsewhere : List.of(NOTES.key(HOME, B), NOTES.key(A, A), EVENTS.key(HOME, A))) {
      await(
          raw.batch(
              elsewhere.table(),
              elsewhere.partition(),
              List.of(Change.insert(elsewhere.sort(), sealed))));
      assertThatThrownBy(() -> await(store.get(elsewhere))).isInstanceOf(CryptoFailure.class);
    }
    await(raw.batch(NOTES, HOME, List.of(Change.put(A, 1, sealed))));
    assertThatThrownBy(() -> await(store.get(a))).isInstanceOf(CryptoFailure.class);
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    Bytes big = Bytes.wrap(new byte[SealedStore.BODY_BYTES_MAX + 1]);
    assertThatThrownBy(() -> store.insert(NOTES.key(HOME, A), big))
        .isInstanceOf(IllegalArgumentException.class);
    Bytes most = Bytes.wrap(new byte[SealedStore.BODY_BYTES_MAX]);
    assertThat(await(store.insert(NOTES.key(HOME, A), most)).applied()).isTrue();
  }
}
