package dev.zamok.authority.store.cassandra;

import static dev.zamok.authority.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Table;
import dev.zamok.cluster.cassandra.CassandraRing;
import dev.zamok.cluster.cassandra.CassandraSettings;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes that keep every row three times, one of them killed. */
class ThreeNodesTest {
  private static final Table NOTES = Table.versioned("notes");
  private static final Table EVENTS = Table.immutable("events");
  private static final int ROWS = 30;

  private static Bytes number(int i) {
    return new ByteWriter(4).u32(i).toBytes();
  }

  @Test
  void readsWritesAndCompareAndSetsGoOnWhenOneNodeIsKilled() {
    Vertx vertx = Vertx.vertx();
    var engine = new CassandraSettings.Engine(320, false);
    try (CassandraRing ring = CassandraRing.start(TestRing.directory("ring"), 3, engine)) {
      CassandraConfig config =
          new CassandraConfig(
              TestRing.contacts(ring),
              CassandraSettings.DATA_CENTRE,
              new CassandraConfig.Keyspace("zamok", CassandraConfig.Strategy.NETWORK, 3),
              null,
              null,
              TestRing.LIMITS);
      await(CassandraSchema.migrate(vertx, config));
      CassandraStore store = await(CassandraStore.open(vertx, config));
      for (int i = 0; i < ROWS; i++) {
        Change insert = Change.insert(Bytes.EMPTY, number(i));
        assertThat(await(store.batch(NOTES, number(i), List.of(insert))))
            .isEqualTo(Outcome.APPLIED);
      }
      ring.node(1).kill();
      for (int i = 0; i < ROWS; i++) {
        Change put = Change.put(Bytes.EMPTY, 1, number(ROWS + i));
        assertThat(settled(store, number(i), put)).isTrue();
        Change event = Change.insert(number(i), number(i));
        assertThat(await(store.batch(EVENTS, number(0), List.of(event))))
            .isEqualTo(Outcome.APPLIED);
      }
      for (int i = 0; i < ROWS; i++) {
        assertThat(await(store.get(NOTES.key(number(i)))).orElseThrow().body())
            .isEqualTo(number(ROWS + i));
      }
      assertThat(await(store.range(EVENTS, number(0), Range.first(100)))).hasSize(ROWS);
      // A new authority starts while a node is down.
      CassandraStore second = await(CassandraStore.open(vertx, config));
      assertThat(await(second.tables())).containsExactlyInAnyOrder("notes", "events");
      await(second.close());
      await(store.close());
    } finally {
      await(vertx.close());
    }
  }

  /** The one whose coordinator was just killed may be in doubt; then it is tried once more. */
  private static boolean settled(CassandraStore store, Bytes partition, Change put) {
    Outcome outcome = await(store.batch(NOTES, partition, List.of(put)));
    if (outcome.state() == Outcome.State.UNKNOWN) {
      outcome = await(store.batch(NOTES, partition, List.of(put)));
      return outcome.state() == Outcome.State.APPLIED || outcome.equals(Outcome.conflict(0, 2));
    }
    return outcome.state() == Outcome.State.APPLIED;
  }
}
