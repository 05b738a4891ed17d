package dev.zamok.roomlog.redis;

import static dev.zamok.cluster.redis.RedisTopology.await;
import static dev.zamok.roomlog.LogDriver.TOKEN;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.refused;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.cluster.process.FreePorts;
import dev.zamok.cluster.redis.HostPort;
import dev.zamok.cluster.redis.RedisConf;
import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Recorder;
import dev.zamok.roomlog.redis.RedisLogConfig.Ack;
import dev.zamok.roomlog.redis.RedisLogConfig.Bounds;
import dev.zamok.roomlog.redis.RedisLogConfig.Layout;
import dev.zamok.roomlog.redis.RedisLogConfig.Shard;
import dev.zamok.roomlog.redis.RedisLogConfig.Source;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several primaries, without replicas; and what a server that fills up does. */
class RedisShardsTest {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final List<RedisServer> servers = new ArrayList<>();
  private RedisRoomLog log;
  private LogDriver d;

  @BeforeEach
  void start() {
    List<Shard> shards = new ArrayList<>();
    for (int port : FreePorts.find(2)) {
      HostPort at = HostPort.loopback(port);
      Path home = directory.resolve("redis-" + port);
      servers.add(
          RedisServer.start(
              SharedRedis.binary(),
              RedisServer.Spec.server("redis-" + port, home, at),
              RedisConf.server(home, at)));
      shards.add(
          new Shard(
              "s" + shards.size(), new Source.Standalone(HostAndPort.create(at.host(), port)), 0));
    }
    Layout layout = new Layout("", shards, List.of(0, 1, 1, 0));
    log =
        await(
            RedisRoomLog.open(
                vertx,
                new RedisLogConfig(
                    layout, new Ack(0, Duration.ofSeconds(1)), Access.OPEN, Bounds.DEFAULT)));
    d = new LogDriver(vertx, log);
    await(log.doubts(partition -> log.reclaim(partition, LogDriver.TOKEN, Position.ZERO)));
  }

  @AfterEach
  void end() {
    await(log.close());
    await(vertx.close());
    servers.forEach(RedisServer::close);
  }

  private RoomId inPartition(int partition) {
    long n = 1;
    while (log.partitionOf(room(n)) != partition) {
      n++;
    }
    return room(n);
  }

  @Test
  void partitionsLiveWhereTheyAreAssigned() {
    for (int partition = 0; partition < 4; partition++) {
      RoomId room = inPartition(partition);
      Recorder recorder = new Recorder(null);
      await(log.follow(room, recorder));
      d.create(room);
      recorder.awaitEntries(1);
      int shard = partition == 0 || partition == 3 ? 0 : 1;
      String key = "{" + partition + "}:r:" + room;
      assertThat(servers.get(shard).ask("EXISTS", key)).isEqualTo(1L);
      assertThat(servers.get(1 - shard).ask("EXISTS", key)).isEqualTo(0L);
    }
    assertThat(await(log.health()).shards()).hasSize(2);
  }

  @Test
  void whatOneShardLosesDoesNotStopTheOther() {
    RoomId here = inPartition(0);
    RoomId there = inPartition(1);
    d.create(here);
    d.create(there);
    List<Notice> notices = new CopyOnWriteArrayList<>();
    await(log.notices(notices::add));
    servers.get(0).kill();
    assertThat(LogDriver.failure(log.append(d.message(here, "m")))).isInstanceOf(Unavailable.class);
    d.say(there, "m");
    await(
        "a notice over the other shard",
        () -> {
          await(log.broadcast(new Notice.Revoke(new SessionId(1, 1))));
          return !notices.isEmpty();
        });
    servers.get(0).restart();
    await(
        "the shard again",
        () -> {
          try {
            return d.say(here, "again").generation() > 1;
          } catch (Unavailable e) {
            return false;
          }
        });
  }

  /** Members must not fill what rekeys and evictions need. */
  @Test
  void aServerShortOfMemoryRefusesMembersAndTakesTheAuthority() {
    RoomId room = inPartition(0);
    d.create(room);
    Append known = d.message(room, "known");
    d.append(known);
    long used = Long.parseLong(servers.get(0).info("memory", "used_memory"));
    servers.get(0).ask("CONFIG", "SET", "maxmemory", Long.toString(used + used / 10));
    await(
        "a refusal",
        () -> {
          Throwable failure = LogDriver.failure(log.append(d.message(room, "m")));
          return failure instanceof dev.zamok.protocol.Rejection rejection
              && rejection.code() == ErrorCode.OVERLOADED;
        });
    assertThat(d.append(known).duplicate()).isTrue();
    d.append(Append.rekey(room, 2, 2, TOKEN, d.newId(), text("R2")));
    servers.get(0).ask("CONFIG", "SET", "maxmemory", Long.toString(used / 2));
    d.append(Append.rekey(room, 3, 3, TOKEN, d.newId(), text("R3")));
    d.trim(room, d.state(room).head());
    assertThat(await(log.health()).shards().get(0).problem()).isEqualTo("short of memory");
  }

  @Test
  void tooMuchThatIsNotArchivedRefusesMembers() {
    RedisRoomLog small =
        await(
            RedisRoomLog.open(
                vertx,
                new RedisLogConfig(
                    new Layout(
                        "small:",
                        List.of(
                            new Shard(
                                "s",
                                new Source.Standalone(
                                    HostAndPort.create(
                                        servers.get(0).at().host(), servers.get(0).at().port())),
                                0)),
                        List.of(0)),
                    new Ack(0, Duration.ofSeconds(1)),
                    Access.OPEN,
                    new Bounds(
                        100, 1 << 20, 2_000, 100, Duration.ofSeconds(3), Duration.ofSeconds(10)))));
    LogDriver on = new LogDriver(vertx, small);
    on.create(room(1));
    while (LogDriver.failure(small.append(on.message(room(1), "x".repeat(300)))) == null) {
      assertThat(on.read(room(1), dev.zamok.protocol.Position.ZERO).entries()).hasSizeLessThan(9);
    }
    refused(ErrorCode.OVERLOADED, small.append(on.message(room(1), "one more")));
    on.rekey(room(1), 2, 1);
    on.archive(room(1), on.state(room(1)).head());
    on.say(room(1), "archived: room again");
    await(small.close());
  }

  @Test
  void aLayoutThatNamesNoShardIsRefused() {
    assertThatThrownBy(() -> new Layout("", List.of(), List.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
    Shard shard = new Shard("s", new Source.Standalone(HostAndPort.create("h", 1)), 0);
    assertThatThrownBy(() -> new Layout("", List.of(shard), List.of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Layout.of(shard).assignment()).hasSize(256);
  }
}
