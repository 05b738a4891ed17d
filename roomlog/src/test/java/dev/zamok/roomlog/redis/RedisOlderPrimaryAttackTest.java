package dev.zamok.roomlog.redis;

import static dev.zamok.cluster.redis.RedisTopology.await;
import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.BORIS;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.failure;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.Recorder;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A primary that lacks what was committed: who was removed meanwhile must not be let in by it, and
 * nobody may take what it has for all there is. Real processes.
 */
class RedisOlderPrimaryAttackTest {
  private static final RoomId ROOM = room(1);

  @TempDir Path directory;
  private FaultyTopology topology;
  private LogDriver d;
  private RoomLog hub;
  private int partition;

  private void start(Duration downAfter) {
    topology = new FaultyTopology(directory.resolve("servers"), downAfter);
    d = topology.openUnheld(config -> config);
    hub = await(RedisRoomLog.open(topology.vertx, SharedRedis.config(topology.servers, "")));
    partition = d.log.partitionOf(ROOM);
  }

  @AfterEach
  void end() {
    topology.servers.servers().stream().filter(RedisServer::isAlive).forEach(RedisServer::thaw);
    await(hub.close());
    topology.close();
  }

  /** The lease holder knows nothing after {@code floor}. */
  private void reclaim(Position floor) {
    await("the lease", () -> failure(d.log.reclaim(partition, TOKEN, floor)) == null);
  }

  private static void unavailable(Future<?> future) {
    assertThat(failure(future)).isInstanceOf(Unavailable.class);
  }

  /** Whatever way the partition came into doubt. */
  private void awaitDoubt() {
    Set<Integer> told = ConcurrentHashMap.newKeySet();
    await(d.log.doubts(told::add));
    await(
        "a partition in doubt",
        () -> failure(d.log.barrier(partition)) != null && told.contains(partition));
  }

  private RestoredRoom known(Position rekeyAt, Position head) {
    Entry rekey =
        new Entry(
            ROOM,
            rekeyAt,
            Position.ZERO,
            1,
            EntryKind.REKEY,
            MemberTag.NONE,
            2,
            d.newId(),
            text("R2"));
    return new RestoredRoom(ROOM, head, 2, 2, head, rekey, Map.of(ANNA, 5));
  }

  /** The room, and two positions after which it went back: of the rekey, and of the last entry. */
  private record Lost(Position before, Position rekey, Position last) {}

  private Lost lose(Earlier earlier, Position before) {
    d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId()));
    Position rekey = d.rekey(ROOM, 2, 2);
    Position last = d.append(d.message(ROOM, BORIS, 0, 2, "after the removal")).position();
    earlier.comesBack();
    return new Lost(before, rekey, last);
  }

  private Lost lost() {
    start(Duration.ofSeconds(60));
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    RedisServer primary = topology.servers.primary();
    Earlier earlier = Earlier.of(primary, directory.resolve("earlier"));
    reclaim(before);
    return lose(earlier, before);
  }

  @Test
  void aRemovedMemberIsNotLetInByALogThatLostHisEviction() {
    Lost lost = lost();
    awaitDoubt();
    unavailable(hub.state(ROOM));
    unavailable(hub.append(d.message(ROOM, ANNA, 4, 1, "from outside")));
    unavailable(hub.read(ROOM, Position.ZERO, 10, 1_000));
    unavailable(hub.rekeys(ROOM, 0, 10));

    reclaim(lost.last());
    assertThat(await(d.log.restoring(partition))).isPositive();
    unavailable(hub.state(ROOM));
    unavailable(hub.append(d.message(ROOM, ANNA, 4, 1, "from outside")));

    assertThat(await(d.log.restore(TOKEN, known(lost.rekey(), lost.last())))).isTrue();
    refused(ErrorCode.EVICTED, hub.append(d.message(ROOM, ANNA, 4, 1, "from outside")));
    refused(ErrorCode.EVICTED, hub.append(d.message(ROOM, ANNA, 4, 2, "from outside")));
    refused(ErrorCode.STALE_EPOCH, hub.append(d.message(ROOM, BORIS, 0, 1, "old key")));
    assertThat(await(hub.state(ROOM)).admits(ANNA, 4)).isFalse();
    d.nothingLost(partition);
    refused(ErrorCode.EVICTED, hub.append(d.message(ROOM, ANNA, 4, 2, "from outside")));
  }

  @Test
  void aRoomThatLostARekeyGoesOnAndNobodyTakesItForWhole() {
    Lost lost = lost();
    reclaim(lost.last());
    await(d.log.restore(TOKEN, known(lost.rekey(), lost.last())));
    d.nothingLost(partition);

    Position next = d.append(d.message(ROOM, BORIS, 0, 2, "next")).position();
    assertThat(next).isGreaterThan(lost.last());
    assertThat(next.counter()).isGreaterThan(lost.last().counter());
    Page after = d.read(ROOM, lost.last());
    assertThat(after.complete()).isTrue();
    assertThat(texts(after.entries())).containsExactly("next");
    assertThat(after.entries().get(0).previous()).isEqualTo(lost.last());
    assertThat(d.read(ROOM, lost.before()).complete()).as("a gap that is told").isFalse();
    assertThat(texts(d.read(ROOM, Position.ZERO).entries()))
        .as("what was not archived can still be")
        .containsExactly("R1", "before", "next");
    assertThat(texts(await(d.log.rekeys(ROOM, 1, 10)))).containsExactly("R2");
    d.rekey(ROOM, 3, 3);
    d.trim(ROOM, lost.before());
    assertThat(d.state(ROOM).floor()).as("still told").isEqualTo(lost.last());
    assertThat(d.read(ROOM, lost.before()).complete()).isFalse();
  }

  /** Nothing but members' messages, and none of them archived: nobody knows but who has them. */
  @Test
  void aLostMessageThatNobodyStoredIsAForkToWhoHasIt() {
    start(Duration.ofSeconds(60));
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    Earlier earlier = Earlier.of(topology.servers.primary(), directory.resolve("earlier"));
    reclaim(before);
    Position lost = d.say(ROOM, "lost");
    earlier.comesBack();
    reclaim(before);
    assertThat(await(d.log.restoring(partition))).isZero();
    Position next = d.say(ROOM, "next");
    assertThat(next).isGreaterThan(lost);
    Page page = d.read(ROOM, lost);
    assertThat(page.complete()).isFalse();
    assertThat(page.entries().get(0).previous()).as("a fork").isEqualTo(before);
  }

  @Test
  void aLogThatLacksNothingIsUsedAgainAsSoonAsItsLeaseHolderSaysSo() {
    start(Duration.ofSeconds(60));
    d.create(ROOM);
    Position last = d.say(ROOM, "last");
    topology.servers.primary().restart();
    awaitDoubt();
    unavailable(d.log.append(d.message(ROOM, "m")));
    unavailable(d.log.moved(partition, Position.ZERO, 10));
    reclaim(last);
    assertThat(await(d.log.restoring(partition))).isZero();
    assertThat(d.say(ROOM, "next")).isGreaterThan(last);
    assertThat(d.read(ROOM, Position.ZERO).complete()).isTrue();
  }

  /** He cannot know what the one before him was told. */
  @Test
  void whoTakesTheLeaseOfALogInDoubtComparesEveryRoom() {
    start(Duration.ofSeconds(60));
    d.create(ROOM);
    Position last = d.say(ROOM, "last");
    topology.servers.primary().restart();
    awaitDoubt();
    await("the lease", () -> failure(d.log.claim(partition, TOKEN + 1, last)) == null);
    assertThat(await(d.log.restoring(partition))).isPositive();
    unavailable(d.log.state(ROOM));
    await(d.log.restored(partition, TOKEN + 1, await(d.log.restoring(partition))));
    assertThat(await(d.log.state(ROOM)).head()).isEqualTo(last);
  }

  /** Fault: the log went back again while its rooms were compared. */
  @Test
  void aRestoreThatLostItsRoomsAgainIsNotEndedByWhoGaveThemBackBefore() {
    Lost lost = lost();
    reclaim(lost.last());
    int restore = await(d.log.restoring(partition));
    await(d.log.restore(TOKEN, known(lost.rekey(), lost.last())));
    topology.servers.primary().restart();
    reclaim(lost.last());
    refused(ErrorCode.FENCED, d.log.restored(partition, TOKEN, restore));
    assertThat(await(d.log.restoring(partition))).isGreaterThan(restore);
    unavailable(d.log.state(ROOM));
  }

  /** Fault: the only replica that is left did not acknowledge what was committed last. */
  @Test
  void aReplicaOutsideTheAckSetIsPromotedAndFoundToBeOlder() {
    start(Duration.ofSeconds(60));
    d.create(ROOM);
    Position before = d.say(ROOM, "before");
    RedisServer primary = topology.servers.primary();
    List<RedisServer> replicas = topology.servers.replicas();
    RedisServer behind = replicas.get(0);
    topology.servers.awaitReplicas(SharedRedis.REPLICAS);
    behind.freeze();
    // what the machine keeps for it must not reach it later
    primary.ask("CLIENT", "KILL", "TYPE", "replica");
    await("the two others", () -> inStep(primary, 2));
    d.append(Append.evict(ROOM, 1, ANNA, 5, TOKEN, d.newId()));
    Position rekey = d.rekey(ROOM, 2, 2);
    Position last = d.append(d.message(ROOM, BORIS, 0, 2, "after the removal")).position();
    topology.servers.loseAfter(Duration.ofMillis(1_500));
    primary.kill();
    replicas.subList(1, 3).forEach(RedisServer::kill);
    behind.thaw();
    RedisServer now = topology.servers.awaitOtherPrimary(primary);
    assertThat(now.at()).isEqualTo(behind.at());
    replicas.subList(1, 3).forEach(RedisServer::restart);
    awaitDoubt();
    unavailable(d.log.append(d.message(ROOM, ANNA, 4, 1, "from outside")));
    reclaim(last);
    assertThat(await(d.log.restoring(partition))).isPositive();
    await(d.log.restore(TOKEN, known(rekey, last)));
    d.nothingLost(partition);
    refused(ErrorCode.EVICTED, d.log.append(d.message(ROOM, ANNA, 4, 2, "from outside")));
    d.append(d.message(ROOM, BORIS, 0, 2, "next"));
    assertThat(d.read(ROOM, before).complete()).isFalse();
  }

  private static boolean inStep(RedisServer primary, int count) {
    return primary
            .ask("INFO", "replication")
            .toString()
            .lines()
            .filter(line -> line.contains("state=online"))
            .count()
        == count;
  }

  /** By hand, while it serves: whatever is missing then is told to whoever has it. */
  @Test
  void aFailOverByHandUnderTrafficLosesNothingSilently() {
    start(Duration.ofSeconds(30));
    d.create(ROOM);
    LogDriver held = topology.open();
    Recorder recorder = new Recorder(null);
    await(held.log.follow(ROOM, recorder));
    Talker talker = new Talker(held.log, ROOM, 1);
    await(held.vertx.deployVerticle(talker));
    for (int round = 0; round < 2; round++) {
      int said = talker.acknowledged.size();
      await("traffic", () -> talker.acknowledged.size() > said + 100 || talker.failure != null);
      RedisServer old = topology.servers.primary();
      topology.servers.awaitReplicas(SharedRedis.REPLICAS);
      topology.servers.sentinels().get(0).ask("SENTINEL", "FAILOVER", "zamok");
      topology.servers.awaitOtherPrimary(old);
      int then = talker.acknowledged.size();
      await("more", () -> talker.acknowledged.size() > then + 100 || talker.failure != null);
    }
    talker.over = true;
    assertThat(talker.failure).isNull();
    Map<Position, MessageId> there = new HashMap<>();
    await("the log", () -> failure(held.log.barrier(partition)) == null);
    List<Entry> entries = await(held.log.read(ROOM, Position.ZERO, 1_000_000, 1 << 28)).entries();
    entries.forEach(entry -> there.put(entry.position(), entry.id()));
    talker.acknowledged.forEach(
        (id, position) -> {
          if (!id.equals(there.get(position))) {
            assertThat(there).as("a position given twice").doesNotContainKey(position);
            assertThat(await(held.log.read(ROOM, position, 1, 1)).complete()).isFalse();
          }
        });
    for (Entry entry : recorder.entries()) {
      assertThat(there.getOrDefault(entry.position(), entry.id())).isEqualTo(entry.id());
    }
  }
}
