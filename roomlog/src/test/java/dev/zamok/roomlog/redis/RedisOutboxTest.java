package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.cluster.redis.RedisServer;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RestoredRoom;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An outage in which much was left uncommitted: how much of that the functions go through, counted
 * by the commands that they call.
 */
class RedisOutboxTest extends RedisFunctionBed {
  private static final long LEASE = 5;
  private static final int ROOMS = 64;
  private static final int WAITING_OF_A_ROOM = 16;
  private static final int WAITING = ROOMS * WAITING_OF_A_ROOM;

  /** Has a rekey, and nothing that waits. */
  private static final int QUIET = ROOMS + 1;

  /** Of a binary search among {@link #WAITING}, the item itself included. */
  private static final int LOOKS_MAX = 12;

  private long ids;

  private List<String> claim(int generation, boolean stored) {
    Requests.Claim claim = new Requests.Claim(LEASE, Position.of(1, 9_000), stored, true);
    return ask(requests.claim(claim, 0, generation));
  }

  private List<String> append(int generation, List<Append> appends) {
    List<Op.Entry> ops = new ArrayList<>();
    for (Append append : appends) {
      ops.add(new Op.Entry(0, append, Promise.promise()));
    }
    return ask(requests.append(0, generation, false, ops));
  }

  private Append message(RoomId room) {
    return Append.message(room, ANNA, 3, 1, new MessageId(1, ++ids), text("x"));
  }

  private Append rekey(RoomId room) {
    return Append.rekey(room, 1, 1, LEASE, new MessageId(1, ++ids), text("R"));
  }

  /** Rooms with a rekey each, which is committed, and messages by turns, which are not. */
  private void outage(boolean stored) {
    Requests.Claim claim = new Requests.Claim(LEASE, Position.ZERO, stored, false);
    ask(requests.claim(claim, 0, 0));
    ask(requests.confirm(0, 1));
    ask(requests.restored(0, 1, LEASE, 1));
    List<Position> rekeys = new ArrayList<>();
    for (int i = 1; i <= QUIET; i++) {
      append(1, List.of(rekey(LogDriver.room(i))));
      rekeys.add(Position.of(1, i));
    }
    ask(requests.commit(0, 1, QUIET));
    if (stored) {
      ask(requests.stored(0, 1, LEASE, rekeys));
    }
    for (int turn = 0; turn < WAITING_OF_A_ROOM; turn++) {
      List<Append> all = new ArrayList<>();
      for (int i = 1; i <= ROOMS; i++) {
        all.add(message(LogDriver.room(i)));
      }
      append(1, all);
    }
    await(wire.send(Request.cmd(Command.HSET).arg(key("m")).arg("fence").arg("0123456789abcdef")));
    assertThat(ask(requests.open(0, 1, 0))).containsExactly("OPENING", "2");
    ask(requests.confirm(0, 2));
    claim(2, stored);
    assertThat(size(Command.LLEN, "o")).isEqualTo(WAITING);
    SharedRedis.primary().ask("CONFIG", "RESETSTAT");
  }

  /** How often a command was called since the outage, by clients and functions. */
  private static long calls(RedisServer server, String command) {
    Pattern line = Pattern.compile("cmdstat_" + command + ":calls=(\\d+),");
    Matcher found = line.matcher(server.ask("INFO", "commandstats").toString());
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static long calls(String command) {
    return calls(SharedRedis.primary(), command);
  }

  /** As the store knows a room: as it is here, or held since. */
  private void restore(int room, boolean held) {
    RoomId id = LogDriver.room(room);
    Position head = Position.of(1, room);
    ask(
        requests.restore(
            0, 2, LEASE, new RestoredRoom(id, head, 1, held ? 2 : 1, head, null, Map.of())));
  }

  private String head(int room) {
    return ask(requests.heads(0, 0, List.of(LogDriver.room(room)))).get(3);
  }

  private static String last(int room) {
    return "1-" + (QUIET + (WAITING_OF_A_ROOM - 1) * ROOMS + room);
  }

  @Test
  void givingARoomBackGoesThroughWhatWaitsOfThatRoomAlone() {
    outage(false);
    for (int i = 1; i <= ROOMS; i++) {
      restore(i, i % 2 == 0);
    }
    assertThat(calls("lrange")).as("pieces of the outbox").isZero();
    assertThat(calls("lindex")).as("looks into it").isBetween(1L, (long) WAITING * LOOKS_MAX);
    assertThat(size(Command.LLEN, "o")).isZero();
    assertThat(head(1)).as("delivered").isEqualTo(last(1));
    assertThat(head(2)).as("forgotten").isEqualTo("1-2");
    assertThat(size(Command.XLEN, "s:" + LogDriver.room(2))).isEqualTo(1);
  }

  @Test
  void aRoomOfWhichNothingWaitsIsGivenBackWithoutALookIntoTheOutbox() {
    outage(false);
    restore(QUIET, false);
    restore(QUIET + 1, false);
    assertThat(calls("lrange") + calls("lindex")).isZero();
    assertThat(head(QUIET)).isEqualTo("1-" + QUIET);
  }

  @Test
  void commitsMeanwhileDoNotGoThroughWhatWaitsOfOthers() {
    outage(false);
    restore(1, false);
    for (int turn = 0; turn < 10; turn++) {
      List<String> said = append(2, List.of(message(LogDriver.room(1))));
      long n = Long.parseLong(said.get(1));
      long before = calls("lrange");
      ask(requests.commit(0, 2, n));
      assertThat(calls("lrange") - before).isEqualTo(1);
      assertThat(head(1)).isEqualTo("2-" + n);
    }
    assertThat(size(Command.LLEN, "o")).isEqualTo(WAITING - WAITING_OF_A_ROOM);
    ask(requests.restored(0, 2, LEASE, 2));
    assertThat(size(Command.LLEN, "o")).isZero();
    assertThat(head(2)).as("in the end").isEqualTo(last(2));
  }

  @Test
  void whatIsStoredIsFoundAmongWhatIsNot() {
    outage(true);
    for (int i = 1; i <= ROOMS; i += 2) {
      restore(i, false);
    }
    List<String> some = ask(requests.uncommitted(0, 2, 100));
    List<Position> stored = new ArrayList<>();
    for (int at = 2; at < some.size(); at += 5) {
      stored.add(Position.parse(some.get(at)));
    }
    assertThat(stored).hasSize(100);
    SharedRedis.primary().ask("CONFIG", "RESETSTAT");
    assertThat(ask(requests.stored(0, 2, LEASE, stored))).contains("OK");
    assertThat(calls("lrange")).isZero();
    assertThat(calls("lindex")).isLessThanOrEqualTo(101L * LOOKS_MAX);
    assertThat(size(Command.LLEN, "o")).isEqualTo(WAITING - 100);
  }

  /** It was switched off while rooms were given back: nothing may overtake what waited for it. */
  @Test
  void whatWaitedForTheStoreIsDeliveredBeforeWhatComesWithoutIt() {
    outage(true);
    restore(1, false);
    restore(2, false);
    List<Position> stored = new ArrayList<>();
    for (int turn = 0; turn < WAITING_OF_A_ROOM; turn++) {
      stored.add(Position.of(1, QUIET + turn * ROOMS + 2));
    }
    ask(requests.stored(0, 2, LEASE, stored));
    assertThat(head(2)).isEqualTo(last(2));
    assertThat(head(1)).isEqualTo("1-1");
    claim(2, false);
    assertThat(head(1)).isEqualTo(last(1));
  }

  /** The body goes to every replica once, with its entry, and not again with its push. */
  @Test
  void replicasAreNotToldWhatIsPublished() {
    outage(false);
    List<RedisServer> replicas = SharedRedis.topology().replicas();
    replicas.forEach(replica -> replica.ask("CONFIG", "RESETSTAT"));
    ask(requests.restored(0, 2, LEASE, 2));
    ask(requests.publish("a signal", new byte[1]));
    assertThat(await(wire.send(Requests.wait(3, java.time.Duration.ofSeconds(20)))).toInteger())
        .isEqualTo(3);
    assertThat(calls("spublish")).isGreaterThan(WAITING);
    for (RedisServer replica : replicas) {
      assertThat(calls(replica, "ltrim")).as("it got the rest").isPositive();
      assertThat(calls(replica, "spublish")).isZero();
    }
  }
}
