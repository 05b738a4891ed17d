package dev.zamok.roomlog.redis;

import static dev.zamok.cluster.redis.RedisTopology.await;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the primary. Real processes, real sentinels. */
class RedisFailoverTest {
  private static final RoomId ROOM = room(1);

  /** Once somebody is to be lost; what starts has more time. */
  private static final Duration DOWN_AFTER = Duration.ofMillis(1_500);

  @TempDir Path directory;
  private FaultyTopology topology;

  @AfterEach
  void end() {
    topology.close();
  }

  private void start(Duration downAfter) {
    topology = new FaultyTopology(directory, downAfter);
  }

  @Test
  void aKilledPrimaryTakesNothingAcknowledgedWithIt() {
    start(Duration.ofSeconds(60));
    LogDriver d = topology.open();
    d.create(ROOM);
    Recorder recorder = new Recorder(null);
    await(d.log.follow(ROOM, recorder));
    List<Talker> talkers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Talker talker = new Talker(topology.open().log, ROOM, i);
      talkers.add(talker);
      await(d.vertx.deployVerticle(talker));
    }
    Runnable moreFromEach =
        () -> {
          Map<Talker, Integer> before = new HashMap<>();
          talkers.forEach(talker -> before.put(talker, talker.acknowledged.size()));
          await(
              "more from each",
              () ->
                  talkers.stream()
                      .allMatch(t -> t.acknowledged.size() > before.get(t) + 100 || failed(t)));
        };
    moreFromEach.run();
    RedisServer old = topology.servers.primary();
    topology.servers.loseAfter(DOWN_AFTER);
    old.kill();
    RedisServer now = topology.servers.awaitOtherPrimary(old);
    moreFromEach.run();
    talkers.forEach(talker -> talker.over = true);
    // This log did not append: nothing made it look for the new primary yet.
    answered(() -> await(d.log.barrier(d.log.partitionOf(ROOM))));

    List<Entry> entries =
        answered(() -> await(d.log.read(ROOM, Position.ZERO, 1_000_000, 1 << 28))).entries();
    Map<MessageId, Position> there = new HashMap<>();
    Position last = Position.ZERO;
    for (Entry entry : entries) {
      assertThat(entry.previous()).isEqualTo(last);
      assertThat(entry.position()).isGreaterThan(last);
      last = entry.position();
      assertThat(there.put(entry.id(), entry.position())).as("an id twice").isNull();
    }
    for (Talker talker : talkers) {
      assertThat(talker.failure).isNull();
      assertThat(there).containsAllEntriesOf(talker.acknowledged);
    }
    assertThat(last.generation()).as("generation").isGreaterThan(1);
    assertThat(now.isPrimary()).isTrue();
    whatWasPushedIsWhatIsThere(recorder, entries);
  }

  /** Asks for as long as the log cannot be reached. */
  private static <T> T answered(Supplier<T> ask) {
    AtomicReference<T> answer = new AtomicReference<>();
    await(
        "an answer",
        () -> {
          try {
            answer.set(ask.get());
            return true;
          } catch (Unavailable e) {
            return false;
          }
        });
    return answer.get();
  }

  private static boolean failed(Talker talker) {
    return talker.failure != null;
  }

  /** Pushes may be lost with the primary; then the follower is told. None is wrong or doubled. */
  private static void whatWasPushedIsWhatIsThere(Recorder recorder, List<Entry> entries) {
    await(
        "all entries after the first, or the word to read them",
        () -> recorder.entries().size() >= entries.size() - 1 || recorder.rereads() > 0);
    List<Entry> pushed = recorder.entries();
    assertThat(new HashSet<>(entries)).containsAll(pushed);
    assertThat(new HashSet<>(pushed)).hasSameSizeAs(pushed);
  }

  /** Any replica may be promoted then: each has what was acknowledged. */
  @Test
  void withAllReplicasAPromotionLosesNothingAndWaitsForTheOneThatIsGone() {
    start(Duration.ofSeconds(60));
    LogDriver d = topology.open();
    d.create(ROOM);
    Talker talker =
        new Talker(
            topology.open(config -> SharedRedis.with(config, RedisLogConfig.Ack.ALL)).log, ROOM, 1);
    await(d.vertx.deployVerticle(talker));
    await("much that is said", () -> talker.acknowledged.size() > 100 || failed(talker));
    RedisServer old = topology.servers.primary();
    topology.servers.loseAfter(DOWN_AFTER);
    old.kill();
    topology.servers.awaitOtherPrimary(old);
    int refused = talker.unavailable;
    await("refusals by the new one", () -> talker.unavailable > refused + 2 || failed(talker));
    answered(() -> await(d.log.barrier(d.log.partitionOf(ROOM))));
    holdsAllOf(d, talker);

    int before = talker.acknowledged.size();
    old.restart();
    await("more, by all three", () -> talker.acknowledged.size() > before + 100 || failed(talker));
    talker.over = true;
    holdsAllOf(d, talker);
  }

  private static void holdsAllOf(LogDriver d, Talker talker) {
    assertThat(talker.failure).isNull();
    Map<MessageId, Position> said = Map.copyOf(talker.acknowledged);
    Map<MessageId, Position> there = new HashMap<>();
    answered(() -> await(d.log.read(ROOM, Position.ZERO, 1_000_000, 1 << 28)))
        .entries()
        .forEach(entry -> there.put(entry.id(), entry.position()));
    assertThat(there).containsAllEntriesOf(said);
  }

  /** Fault: cut off while others were promoted, and back without knowing of it. */
  @Test
  void aFrozenPrimaryThatComesBackAcknowledgesAndDeliversNothing() {
    start(Duration.ofSeconds(60));
    LogDriver d = topology.open();
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    RedisServer old = topology.servers.primary();
    RedisRoomLog unaware =
        await(
            RedisRoomLog.open(
                d.vertx,
                FaultyTopology.impatient(
                    SharedRedis.with(SharedRedis.standalone(old, "", Access.OPEN), 2))));
    Recorder recorder = new Recorder(null);
    await(unaware.follow(ROOM, recorder));

    topology.servers.loseAfter(DOWN_AFTER);
    old.freeze();
    RedisServer now = topology.servers.awaitOtherPrimary(old);
    await("two replicas of the new one", () -> online(now) >= 2);
    await(
        "a log that knows",
        () -> await(d.log.health()).shards().get(0).primary().equals(now.at().toString()));
    // nobody is left to tell the old one
    topology.servers.sentinels().forEach(RedisServer::kill);
    old.thaw();
    await("the old one, awake", () -> old.isPrimary() && online(old) == 0);

    assertThat(LogDriver.failure(unaware.append(d.message(ROOM, "lost"))))
        .isInstanceOf(Unavailable.class);
    assertThat(recorder.entries()).isEmpty();
    assertThat(await(unaware.state(ROOM)).head()).isEqualTo(before);
    assertThat(texts(await(unaware.read(ROOM, before, 10, 1_000)).entries())).isEmpty();
    await(unaware.close());

    Position after = answered(() -> d.say(ROOM, "after"));
    assertThat(texts(d.read(ROOM, before).entries())).containsOnly("after");
    assertThat(after.generation()).isGreaterThan(before.generation());
  }

  private static long online(RedisServer server) {
    return server
        .ask("INFO", "replication")
        .toString()
        .lines()
        .filter(line -> line.contains("state=online"))
        .count();
  }

  /** Fault: no sentinel notices, but the process that answers is another one. */
  @Test
  void aPrimaryRestartedWithItsFileBeginsANewGeneration() {
    start(Duration.ofSeconds(60));
    LogDriver d = topology.open();
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    RedisServer primary = topology.servers.primary();
    primary.restart();
    await("replicas", () -> online(primary) == SharedRedis.REPLICAS);
    Position after = answered(() -> d.say(ROOM, "after"));
    assertThat(after.generation()).isGreaterThan(before.generation());
    assertThat(after.counter()).isGreaterThan(before.counter());
    assertThat(texts(d.read(ROOM, before).entries())).contains("after");
    assertThat(d.read(ROOM, before).complete()).isTrue();
  }

  /** Fault: everything is gone, as after a fail-over to an empty disk. */
  @Test
  void anEmptiedLogWaitsForTheLeaseHolderAndItsFloor() {
    start(Duration.ofSeconds(60));
    LogDriver d = topology.open();
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    topology.servers.primary().ask("FLUSHALL");
    assertThat(LogDriver.failure(d.log.append(d.message(ROOM, "m"))))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    assertThat(LogDriver.failure(d.log.state(ROOM))).isInstanceOf(Unavailable.class);

    int partition = d.log.partitionOf(ROOM);
    await(d.log.claim(partition, LogDriver.TOKEN, before));
    assertThat(LogDriver.failure(d.log.append(d.message(ROOM, "m"))))
        .as("not unknown")
        .isInstanceOf(Unavailable.class);
    await(
        d.log.restore(
            LogDriver.TOKEN,
            new dev.zamok.roomlog.RestoredRoom(ROOM, before, 1, 1, before, null, Map.of())));
    RoomId never = d.neighbour(ROOM);
    assertThat(LogDriver.failure(d.log.state(never))).isInstanceOf(Unavailable.class);
    d.nothingLost(partition);
    LogDriver.refused(ErrorCode.UNKNOWN_ROOM, d.log.state(never));
    assertThat(d.say(ROOM, "after")).isGreaterThan(before);
    Entry entry = d.read(ROOM, before).entries().get(0);
    assertThat(entry.previous()).isEqualTo(before);
    assertThat(entry.kind()).isEqualTo(EntryKind.MESSAGE);
  }
}
