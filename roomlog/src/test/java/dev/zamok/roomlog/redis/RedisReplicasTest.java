package dev.zamok.roomlog.redis;

import static dev.zamok.cluster.redis.RedisTopology.await;
import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Recorder;
import dev.zamok.roomlog.RoomState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Too few replicas. */
class RedisReplicasTest {
  private static final RoomId ROOM = room(1);

  @TempDir Path directory;
  private FaultyTopology topology;
  private LogDriver d;
  private List<RedisServer> replicas;

  @BeforeEach
  void start() {
    topology = new FaultyTopology(directory, Duration.ofSeconds(60));
    d = topology.open(FaultyTopology::impatient);
    replicas = topology.servers.replicas();
  }

  @AfterEach
  void end() {
    replicas.stream().filter(RedisServer::isAlive).forEach(RedisServer::thaw);
    topology.close();
  }

  private void freezeTwo() {
    replicas.get(0).freeze();
    replicas.get(1).freeze();
  }

  private void thawTwo() {
    replicas.get(0).thaw();
    replicas.get(1).thaw();
  }

  @Test
  void whatTooFewReplicasHaveIsNeitherAcknowledgedNorShownUntilEnoughHaveIt() {
    d.create(ROOM);
    Position head = d.say(ROOM, "before");
    Recorder recorder = new Recorder(null);
    await(d.log.follow(ROOM, recorder));
    RoomState state = d.state(ROOM);
    int partition = d.log.partitionOf(ROOM);
    freezeTwo();

    Append message = d.message(ROOM, "uncommitted");
    assertThat(LogDriver.failure(d.log.append(message)))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    Append evict = Append.evict(ROOM, 1, ANNA, 9, TOKEN, d.newId());
    assertThat(LogDriver.failure(d.log.append(evict))).isInstanceOf(Unavailable.class);
    Append rekey = Append.rekey(ROOM, 2, 2, TOKEN, d.newId(), text("R2"));
    assertThat(LogDriver.failure(d.log.append(rekey))).isInstanceOf(Unavailable.class);
    Append again = d.log.partitionOf(ROOM) == partition ? message : null;
    assertThat(LogDriver.failure(d.log.append(again)))
        .as("known, and still not committed")
        .isInstanceOf(Unavailable.class);

    assertThat(d.state(ROOM)).isEqualTo(state);
    assertThat(d.read(ROOM, head).entries()).isEmpty();
    assertThat(d.read(ROOM, head).head()).isEqualTo(head);
    assertThat(await(d.log.moved(partition, head, 10))).isEmpty();
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).containsExactly("R1");
    assertThat(recorder.entries()).isEmpty();

    thawTwo();
    // nobody appends: the watch sees that something waits
    assertThat(recorder.awaitEntries(3)).hasSize(3);
    assertThat(d.state(ROOM).epoch()).isEqualTo(2);
    assertThat(d.state(ROOM).admits(ANNA, 8)).isFalse();
    assertThat(d.append(message).duplicate()).isTrue();
    assertThat(texts(await(d.log.rekeys(ROOM, 0, 10)))).containsExactly("R1", "R2");
  }

  @Test
  void withOneReplicaLessAppendsGoOn() {
    d.create(ROOM);
    replicas.get(0).kill();
    d.say(ROOM, "two of three");
    await("health that knows of it", () -> await(d.log.health()).shards().get(0).replicas() == 2);
    assertThat(await(d.log.health()).isHealthy()).isTrue();
  }

  @Test
  void allMeansEveryReplica() {
    LogDriver strict =
        topology.open(
            config -> SharedRedis.with(FaultyTopology.impatient(config), RedisLogConfig.Ack.ALL));
    strict.create(ROOM);
    replicas.get(0).freeze();
    assertThat(LogDriver.failure(strict.log.append(strict.message(ROOM, "two of three"))))
        .isInstanceOf(Unavailable.class);
    replicas.get(0).thaw();
  }

  /** A log that nobody can confirm must not pass for a quiet one. */
  @Test
  void followersAreToldWhenNoBarrierSucceedsAndReadWhenItDoesAgain() {
    d.create(ROOM);
    Recorder recorder = new Recorder(null);
    await(d.log.follow(ROOM, recorder));
    freezeTwo();
    recorder.awaitUnavailable();
    assertThat(LogDriver.failure(d.log.signal(ROOM, ANNA, text("typing"))))
        .isInstanceOf(Unavailable.class);
    assertThat(await(d.log.health()).isHealthy()).isFalse();
    thawTwo();
    recorder.awaitReread();
    d.say(ROOM, "again");
    await(d.log.signal(ROOM, ANNA, text("typing")));
    recorder.awaitSignals(1);
  }
}
