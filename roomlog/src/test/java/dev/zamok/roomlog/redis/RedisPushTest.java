package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.room;
import static dev.zamok.roomlog.LogDriver.text;
import static dev.zamok.roomlog.LogDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.SessionId;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.Notice;
import dev.zamok.roomlog.Recorder;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushes that get lost. */
class RedisPushTest {
  private static final RoomId ROOM = room(1);

  private final Vertx vertx = Vertx.vertx();
  private final RedisLogConfig config = SharedRedis.config();
  private RedisRoomLog log;
  private LogDriver d;

  @BeforeEach
  void open() {
    log = await(RedisRoomLog.open(vertx, config));
    d = new LogDriver(vertx, log);
    d.create(ROOM);
  }

  @AfterEach
  void close() {
    await(log.close());
    await(vertx.close());
  }

  /** The functions as they would be if pushes got lost between server and hub. */
  private void appendWithoutAPush(String body) {
    Dialer dialer = new Dialer(vertx, Access.OPEN, Duration.ofSeconds(10));
    Wire wire =
        await(
            dialer.dial(
                HostAndPort.create(
                    SharedRedis.primary().at().host(), SharedRedis.primary().at().port()),
                Duration.ofSeconds(10)));
    String mute =
        Functions.library()
            .replace(Functions.LIBRARY, "mute")
            .replace("tell(b .. 'c:'", "tell('nobody:'");
    assertThat(mute).contains("'nobody:'");
    await(wire.send(Request.cmd(Command.FUNCTION).arg("LOAD").arg("REPLACE").arg(mute)));
    int partition = log.partitionOf(ROOM);
    String key = new Keys(config.layout().keyPrefix()).partition(partition);
    var id = d.newId();
    var appended =
        await(
            wire.send(
                Request.cmd(Command.FCALL)
                    .arg("mute_append")
                    .arg(1)
                    .arg(key)
                    .arg(1)
                    .arg(0)
                    .arg(1 << 30)
                    .arg(1 << 30)
                    .arg(ROOM.toString())
                    .arg(1)
                    .arg(Coding.key(ANNA, id))
                    .arg("0")
                    .arg(1)
                    .arg(new byte[0])
                    .arg(new byte[0])
                    .arg(
                        Coding.blob(
                            dev.zamok.protocol.EntryKind.MESSAGE, ANNA, 1, id, text(body)))));
    assertThat(appended.get(2).toString()).startsWith("+");
    var committed =
        await(
            wire.send(
                Request.cmd(Command.FCALL)
                    .arg("mute_commit")
                    .arg(1)
                    .arg(key)
                    .arg(appended.get(0).toString())
                    .arg(appended.get(1).toString())));
    assertThat(committed.get(0).toString()).isEqualTo("OK");
    wire.close();
  }

  /** Fault: the last message of a room that then falls silent. */
  @Test
  void aSwallowedPushIsNoticedThoughTheRoomIsQuiet() {
    Recorder recorder = new Recorder(null);
    await(log.follow(ROOM, recorder));
    Position head = d.say(ROOM, "pushed");
    recorder.awaitEntries(1);
    assertThat(recorder.rereads()).isZero();
    appendWithoutAPush("swallowed");
    recorder.awaitReread();
    assertThat(texts(d.read(ROOM, head).entries())).containsExactly("swallowed");
    assertThat(texts(recorder.entries())).containsExactly("pushed");
  }

  @Test
  void aKilledConnectionIsMadeAgainAndWhatWasMissedIsRead() {
    Recorder recorder = new Recorder(null);
    Recorder quiet = new Recorder(null);
    await(log.follow(ROOM, recorder));
    d.create(room(2));
    await(log.follow(room(2), quiet));
    List<Notice> notices = new CopyOnWriteArrayList<>();
    await(log.notices(notices::add));
    d.say(ROOM, "first");
    recorder.awaitEntries(1);
    for (int i = 0; i < 3; i++) {
      SharedRedis.primary().ask("CLIENT", "KILL", "TYPE", "pubsub");
      d.say(ROOM, "while it is gone " + i);
    }
    Position last = d.say(ROOM, "last");
    dev.zamok.cluster.redis.RedisTopology.await(
        "the last, pushed or to be read",
        () ->
            recorder.rereads() > 0
                || recorder.entries().stream().anyMatch(e -> e.position().equals(last)));
    dev.zamok.cluster.redis.RedisTopology.await(
        "pushes again",
        () -> {
          int before = recorder.entries().size();
          Position said = d.say(ROOM, "again " + before);
          await(log.broadcast(new Notice.Revoke(new SessionId(1, before))));
          return recorder.entries().stream().anyMatch(e -> !said.isAfter(e.position()))
              && !notices.isEmpty();
        });
    assertThat(quiet.rereads()).as("a room where nothing was missed").isZero();
  }

  @Test
  void twoProcessesSeeWhatTheOtherAppends() {
    RedisRoomLog other = await(RedisRoomLog.open(vertx, config));
    Recorder here = new Recorder(null);
    Recorder there = new Recorder(null);
    await(log.follow(ROOM, here));
    await(other.follow(ROOM, there));
    d.say(ROOM, "a");
    await(other.append(d.message(ROOM, "b")));
    await(other.signal(ROOM, ANNA, text("typing")));
    for (Recorder recorder : List.of(here, there)) {
      assertThat(texts(recorder.awaitEntries(2))).containsExactly("a", "b");
      recorder.awaitSignals(1);
    }
    await(other.close());
  }
}
