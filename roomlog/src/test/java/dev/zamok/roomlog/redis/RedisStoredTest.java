package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisTopology;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored first: a hub appends, the lease holder commits. Real Redis. */
class RedisStoredTest {
  private static final RoomId ROOM = room(1);
  private static final int MAX = 100;

  private final Vertx vertx = Vertx.vertx();
  private RedisRoomLog holder;
  private RedisRoomLog hub;
  private LogDriver d;
  private int partition;

  @BeforeEach
  void open() {
    RedisLogConfig config = SharedRedis.config();
    RedisLogConfig stored =
        new RedisLogConfig(
            config.layout(),
            new RedisLogConfig.Ack(config.ack().replicas(), config.ack().waitMax(), true),
            config.access(),
            config.bounds());
    holder = await(RedisRoomLog.open(vertx, stored));
    d = new LogDriver(vertx, holder);
    // Nobody told this one: the log itself knows.
    hub = await(RedisRoomLog.open(vertx, config));
    partition = hub.partitionOf(ROOM);
    Future<Appended> made = hub.append(Append.rekey(ROOM, 1, 1, TOKEN, d.newId(), text("R1")));
    store(uncommitted(1));
    await(made);
  }

  @AfterEach
  void close() {
    await(hub.close());
    await(holder.close());
    await(vertx.close());
  }

  private List<Entry> uncommitted(int count) {
    RedisTopology.await(
        "entries that wait", () -> await(holder.uncommitted(partition, MAX)).size() == count);
    return await(holder.uncommitted(partition, MAX));
  }

  private void store(List<Entry> entries) {
    await(holder.stored(partition, TOKEN, entries.stream().map(Entry::position).toList()));
  }

  @Test
  void nothingIsAcknowledgedOrShownBeforeTheLeaseHolderHasStoredIt() {
    Position before = await(hub.state(ROOM)).head();
    Recorder recorder = new Recorder(null);
    await(hub.follow(ROOM, recorder));
    Set<Integer> told = ConcurrentHashMap.newKeySet();
    await(holder.waiting(told::add));
    Future<Appended> first = hub.append(d.message(ROOM, "one"));
    Future<Appended> second = hub.append(d.message(ROOM, "two"));
    Future<Void> barrier = hub.barrier(partition);

    List<Entry> waiting = uncommitted(2);
    assertThat(texts(waiting)).containsExactly("one", "two");
    assertThat(waiting.get(0).previous()).isEqualTo(before);
    RedisTopology.await("a word to the lease holder", () -> told.contains(partition));
    assertThat(first.isComplete() || second.isComplete() || barrier.isComplete()).isFalse();
    assertThat(await(hub.read(ROOM, before, 10, 1_000)).entries()).isEmpty();
    assertThat(recorder.entries()).isEmpty();

    store(waiting.subList(0, 1));
    assertThat(await(first).position()).isEqualTo(waiting.get(0).position());
    assertThat(second.isComplete()).isFalse();
    store(waiting);
    assertThat(await(second).position()).isEqualTo(waiting.get(1).position());
    await(barrier);
    assertThat(texts(recorder.awaitEntries(2))).containsExactly("one", "two");
    assertThat(await(holder.uncommitted(partition, MAX))).isEmpty();
  }

  /** Attack: an authority that lost its lease calls stored what nobody stored. */
  @Test
  void anOldLeaseCommitsNothing() {
    Future<Appended> said = hub.append(d.message(ROOM, "one"));
    List<Entry> waiting = uncommitted(1);
    await(holder.claim(partition, TOKEN + 1));
    Position last = waiting.get(0).position();
    refused(ErrorCode.FENCED, holder.stored(partition, TOKEN, List.of(last)));
    assertThat(said.isComplete()).isFalse();
    await(holder.stored(partition, TOKEN + 1, List.of(last)));
    await(said);
  }

  /** Fault: a replica was promoted that lacked what was stored, and others got its counters. */
  @Test
  void anEntryOfAnotherGenerationIsNotTakenForTheOneThatWasStored() {
    Future<Appended> said = hub.append(d.message(ROOM, "one"));
    Position waits = uncommitted(1).get(0).position();
    Position lost = Position.of(waits.generation() - 1, waits.counter());
    refused(ErrorCode.FENCED, holder.stored(partition, TOKEN, List.of(lost)));
    assertThat(said.isComplete()).isFalse();
    assertThat(uncommitted(1)).hasSize(1);
    await(holder.stored(partition, TOKEN, List.of(waits)));
    await(said);
  }

  /** Fault: no authority lives. What was said is not lost, and not acknowledged. */
  @Test
  void whatNobodyStoresIsUnknownAndFoundAgainUnderItsId() {
    Append message = d.message(ROOM, "one");
    assertThat(failure(hub.append(message)))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    Future<Appended> again = hub.append(message);
    List<Entry> waiting = uncommitted(1);
    store(waiting);
    assertThat(await(again).duplicate()).isTrue();
    assertThat(await(again).position()).isEqualTo(waiting.get(0).position());
  }

  /** Fault: a partition whose entries nobody can store looked like a log that takes nothing. */
  @Test
  void aProbeDoesNotWaitForTheStore() {
    Append message = d.message(ROOM, "one");
    hub.append(message);
    uncommitted(1);
    await(holder.probe(partition));
    await(hub.probe(partition));
    List<Entry> waiting = uncommitted(1);
    Future<Appended> again = hub.append(message);
    store(waiting);
    assertThat(await(again).position()).isEqualTo(waiting.get(0).position());
  }

  /** Fault: counters that were skipped belong to nothing that anybody could store. */
  @Test
  void aBarrierDoesNotWaitForCountersThatWereSkipped() {
    Position head = await(hub.state(ROOM)).head();
    Position later = Position.of(head.generation(), head.counter() + 100);
    await(holder.claim(partition, TOKEN, later));
    d.nothingLost(partition);
    await(hub.barrier(partition));
  }
}
