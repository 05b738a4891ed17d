package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.LogDriver;
import dev.zamok.roomlog.RestoredRoom;
import io.vertx.core.Promise;
import io.vertx.core.net.HostAndPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each function on the server alone: what it answers, what it leaves. */
class RedisFunctionsTest extends RedisFunctionBed {
  private static final RoomId ROOM = LogDriver.room(1);
  private static final long LEASE = 5;

  private long ids;

  private void set(String field, String value) {
    await(wire.send(Request.cmd(Command.HSET).arg(key("m")).arg(field).arg(value)));
  }

  private Request claim(int generation, long lease, Position floor, boolean vouched) {
    return requests.claim(new Requests.Claim(lease, floor, false, vouched), 0, generation);
  }

  private void opened() {
    assertThat(ask(claim(0, LEASE, Position.ZERO, false))).containsExactly("OPENING", "1");
    assertThat(ask(requests.confirm(0, 1))).containsExactly("OK");
    assertThat(ask(requests.restoring(0, 1))).containsExactly("1", "1");
    assertThat(ask(requests.restored(0, 1, LEASE, 1))).containsExactly("1", "0", "OK");
  }

  private List<String> append(Append... appends) {
    List<Op.Entry> ops = new ArrayList<>();
    for (Append append : appends) {
      ops.add(new Op.Entry(0, append, Promise.promise()));
    }
    return ask(requests.append(0, 1, false, ops));
  }

  private Append rekey(int epoch) {
    return Append.rekey(ROOM, epoch, epoch, LEASE, new MessageId(1, ++ids), text("R" + epoch));
  }

  private Append message(String body) {
    return Append.message(ROOM, ANNA, 3, 1, new MessageId(1, ++ids), text(body));
  }

  private String head() {
    return ask(requests.heads(0, 0, List.of(ROOM))).get(3);
  }

  @Test
  void claimOpensWhatIsMissingAboveItsFloorAndNothingElseDoes() {
    assertThat(ask(requests.open(0, 4, 9))).containsExactly("MISSING");
    assertThat(ask(requests.barrier(0, 4))).containsExactly("MISSING");
    assertThat(ask(claim(4, LEASE, Position.of(8, 77), false))).containsExactly("OPENING", "9");
    assertThat(field("m", "n")).isEqualTo("77");
    assertThat(ask(requests.barrier(0, 0))).as("not yet").containsExactly("FENCE", "9");
    assertThat(ask(requests.confirm(0, 8))).containsExactly("FENCE", "9");
    assertThat(ask(requests.confirm(0, 9))).containsExactly("OK");
    assertThat(ask(claim(9, LEASE - 1, Position.ZERO, false))).containsExactly("9", "77", "FENCED");
    assertThat(ask(claim(9, LEASE, Position.of(12, 5), false))).containsExactly("13", "77", "OK");
  }

  /** Fault: what came back is older than the store, and its generation gave positions since. */
  @Test
  void claimAboveWhatIsThereNeverGivesAPositionAgain() {
    ask(claim(4, LEASE, Position.of(8, 77), false));
    ask(requests.confirm(0, 9));
    assertThat(ask(claim(9, LEASE, Position.of(9, 120), false))).containsExactly("10", "120", "OK");
    assertThat(ask(claim(10, LEASE, Position.of(9, 120), false)))
        .as("a floor that is passed changes nothing")
        .containsExactly("10", "120", "OK");
  }

  @Test
  void appendAnswersEachEntryAndPublishesNothing() {
    opened();
    Append first = message("a");
    assertThat(append(first)).containsExactly("1", "0", "COLD");
    assertThat(append(rekey(1), first, first, message("b")))
        .containsExactly("1", "3", "+1-1", "+1-2", "=1-2", "+1-3");
    assertThat(size(Command.LLEN, "o")).isEqualTo(3);
    assertThat(head()).as("nothing is committed").isEmpty();
    assertThat(field("m", "commit")).isEqualTo("0");
    assertThat(append(Append.hint(ROOM, EntryKind.MEMBER, 2, new MessageId(9, 9), Bytes.EMPTY)))
        .containsExactly("1", "3", "STALE");
  }

  /** Numbers of Lua are doubles: positions near the end must keep their last digits. */
  @Test
  void positionsKeepTheirLastDigits() {
    opened();
    set("n", Long.toString(Position.COUNTER_MAX - 3));
    set("gen", Integer.toString(Position.GENERATION_MAX - 1));
    List<Op.Entry> ops = List.of(new Op.Entry(0, rekey(1), Promise.promise()));
    List<String> answer = ask(requests.append(0, Position.GENERATION_MAX - 1, false, ops));
    Position expected = Position.of(Position.GENERATION_MAX - 1, Position.COUNTER_MAX - 2);
    assertThat(answer.get(2)).isEqualTo("+" + expected);
    assertThat(ask(requests.commit(0, expected.generation(), expected.counter())))
        .containsExactly("OK");
    assertThat(head()).isEqualTo(expected.toString());
  }

  @Test
  void commitPublishesUpToItsCounterInOrder() {
    opened();
    append(rekey(1), message("a"), message("b"));
    assertThat(ask(requests.commit(0, 1, 2))).containsExactly("OK");
    assertThat(head()).isEqualTo("1-2");
    assertThat(size(Command.LLEN, "o")).isEqualTo(1);
    assertThat(ask(requests.commit(0, 2, 3)))
        .as("another generation")
        .containsExactly("FENCE", "1");
    assertThat(ask(requests.commit(0, 1, 99))).containsExactly("OK");
    assertThat(field("m", "commit")).isEqualTo("3");
    assertThat(head()).isEqualTo("1-3");
  }

  @Test
  void openRaisesTheGenerationWhenTheServerIsAnotherAndConfirmPublishesWhatWaits() {
    opened();
    append(rekey(1), message("a"));
    assertThat(ask(requests.open(0, 1, 2))).as("nothing changed").containsExactly("OPEN", "1");
    set("fence", "0123456789abcdef");
    assertThat(append(message("b"))).containsExactly("FENCE", "1");
    assertThat(ask(requests.commit(0, 1, 2))).containsExactly("FENCE", "1");
    assertThat(ask(requests.state(0, 1, ROOM))).containsExactly("FENCE", "1");
    assertThat(ask(requests.open(0, 1, 2))).containsExactly("OPENING", "2");
    assertThat(ask(requests.open(0, 2, 2))).as("by another").containsExactly("OPENING", "2");
    assertThat(ask(requests.read(new Requests.ReadOf(ROOM, Position.ZERO, 9, 9), 0, 2)))
        .as("not open yet")
        .containsExactly("FENCE", "2");
    assertThat(ask(requests.confirm(0, 2))).containsExactly("OK");
    assertThat(append(message("c")))
        .as("nobody says that it is whole")
        .containsExactly("DOUBT", "2");
    assertThat(ask(claim(2, LEASE, Position.of(1, 2), true))).containsExactly("2", "2", "OK");
    assertThat(head()).isEqualTo("1-2");
    assertThat(append(message("c"))).containsExactly("2", "3", "+2-3");
  }

  private void openedElsewhere(int seen) {
    set("fence", "0123456789abcdef");
    assertThat(ask(requests.open(0, seen, 0)).get(0)).isEqualTo("OPENING");
    assertThat(ask(requests.confirm(0, seen + 1))).containsExactly("OK");
  }

  /** Attack: the server lacks an eviction, and whoever opens it raises its generation. */
  @Test
  void nothingButAClaimIsAnsweredInDoubt() {
    opened();
    append(rekey(1), message("a"));
    openedElsewhere(1);
    List<String> doubt = List.of("DOUBT", "2");
    assertThat(ask(requests.barrier(0, 2))).isEqualTo(doubt);
    assertThat(ask(requests.state(0, 2, ROOM))).isEqualTo(doubt);
    assertThat(ask(requests.heads(0, 2, List.of(ROOM)))).isEqualTo(doubt);
    assertThat(ask(requests.moved(0, 2, Position.ZERO, 9))).isEqualTo(doubt);
    assertThat(ask(requests.rekeys(0, 2, ROOM, 0, 9))).isEqualTo(doubt);
    assertThat(ask(requests.read(new Requests.ReadOf(ROOM, Position.ZERO, 9, 9), 0, 2)))
        .isEqualTo(doubt);
    assertThat(ask(requests.openRoom(0, 2, ROOM, 0))).isEqualTo(doubt);
    assertThat(ask(requests.archived(0, 2, LEASE, ROOM, Position.ZERO))).isEqualTo(doubt);
    assertThat(ask(requests.restoring(0, 2))).isEqualTo(doubt);
    assertThat(ask(requests.restored(0, 2, LEASE, 2))).isEqualTo(doubt);
    assertThat(ask(requests.uncommitted(0, 2, 9))).isEqualTo(doubt);
    assertThat(ask(requests.stored(0, 2, LEASE, List.of(Position.of(1, 2))))).isEqualTo(doubt);
    assertThat(ask(claim(2, LEASE - 1, Position.ZERO, true)).get(2)).isEqualTo("FENCED");
    assertThat(ask(requests.barrier(0, 2))).as("an old lease ends no doubt").isEqualTo(doubt);
  }

  @Test
  void whoVouchesForLessThanTheServerHasEndsTheDoubt() {
    opened();
    append(rekey(1), message("a"));
    openedElsewhere(1);
    assertThat(ask(claim(2, LEASE, Position.of(1, 1), true))).containsExactly("2", "2", "OK");
    assertThat(ask(requests.restoring(0, 2))).containsExactly("2", "0");
  }

  @Test
  void whoKnowsMoreThanTheServerHasBeginsARestoreAndNoCounterComesTwice() {
    opened();
    append(rekey(1), message("a"));
    openedElsewhere(1);
    assertThat(ask(claim(2, LEASE, Position.of(1, 9), true))).containsExactly("2", "9", "OK");
    assertThat(ask(requests.restoring(0, 2))).containsExactly("2", "2");
    assertThat(append(message("b"))).containsExactly("2", "9", "RESTORING");
  }

  /** Fault: two promotions, and the second server is no older than the first one was. */
  @Test
  void aDoubtThatNobodyEndedIsOlderThanTheNext() {
    opened();
    append(rekey(1), message("a"));
    openedElsewhere(1);
    set("fence", "fedcba9876543210");
    assertThat(ask(requests.open(0, 2, 50))).containsExactly("OPENING", "3");
    assertThat(ask(requests.confirm(0, 3))).containsExactly("OK");
    assertThat(ask(claim(3, LEASE, Position.of(1, 3), true))).containsExactly("3", "50", "OK");
    assertThat(ask(requests.restoring(0, 3))).containsExactly("3", "3");
  }

  /** A node that saw more than this server has: what it saw is never given again. */
  @Test
  void openGoesAboveWhatAnyCallerSaw() {
    opened();
    append(rekey(1));
    assertThat(ask(requests.barrier(0, 6))).containsExactly("FENCE", "1");
    assertThat(ask(requests.open(0, 6, 500))).containsExactly("OPENING", "7");
    assertThat(ask(requests.confirm(0, 7))).containsExactly("OK");
    assertThat(ask(claim(7, LEASE, Position.ZERO, true))).containsExactly("7", "500", "OK");
    assertThat(append(rekey(2))).containsExactly("7", "501", "+7-501");
  }

  @Test
  void barrierWritesAndAnswersHowFarTheLogIs() {
    opened();
    append(rekey(1), message("a"));
    assertThat(ask(requests.barrier(0, 1))).containsExactly("1", "2");
  }

  @Test
  void openroomGivesStateOnce() {
    opened();
    assertThat(ask(requests.openRoom(0, 1, ROOM, 4))).containsExactly("1", "0", "OK");
    assertThat(ask(requests.openRoom(0, 1, ROOM, 7))).containsExactly("1", "0", "OK");
    assertThat(ask(requests.state(0, 1, ROOM))).containsExactly("1", "0-0", "4", "4", "0-0", "0-0");
  }

  @Test
  void stateTellsWhatIsCommittedAlone() {
    opened();
    append(rekey(1));
    assertThat(ask(requests.state(0, 1, ROOM))).containsExactly("COLD");
    ask(requests.commit(0, 1, 1));
    append(rekey(2), Append.evict(ROOM, 2, ANNA, 4, LEASE, new MessageId(2, 2)));
    assertThat(ask(requests.state(0, 1, ROOM))).containsExactly("1", "1-1", "1", "1", "0-0", "0-0");
    ask(requests.commit(0, 1, 3));
    assertThat(ask(requests.state(0, 1, ROOM)))
        .containsExactly(
            "1",
            "1-3",
            "2",
            "2",
            "0-0",
            "0-0",
            new String(ANNA.toBytes().toByteArray(), StandardCharsets.ISO_8859_1),
            "4");
  }

  @Test
  void readGivesPagesWithWhatIsMissing() {
    opened();
    append(rekey(1), message("a"), message("b"));
    ask(requests.commit(0, 1, 2));
    List<String> page =
        ask(requests.read(new Requests.ReadOf(ROOM, Position.of(1, 1), 9, 9), 0, 1));
    assertThat(page).startsWith("1", "1-2", "0-0", "1", "0", "1-2", "1-1").hasSize(9);
    List<String> lost =
        ask(requests.read(new Requests.ReadOf(ROOM, Position.of(1, 3), 9, 9), 0, 1));
    assertThat(lost).containsExactly("1", "1-2", "0-0", "0", "0");
  }

  @Test
  void rekeysGivesThoseAboveAnEpochOrTheNewestAlone() {
    opened();
    append(rekey(1), rekey(2), rekey(3));
    ask(requests.commit(0, 1, 3));
    assertThat(ask(requests.rekeys(0, 1, ROOM, 1, 9))).hasSize(9).contains("1-2", "1-3");
    assertThat(ask(requests.rekeys(0, 1, ROOM, 0, 2))).hasSize(5).contains("1-3");
    assertThat(ask(requests.rekeys(0, 1, ROOM, 3, 9))).containsExactly("1");
  }

  @Test
  void movedAndHeadsGiveCommittedHeads() {
    opened();
    RoomId other = LogDriver.room(2);
    append(
        rekey(1), Append.rekey(other, 1, 1, LEASE, new MessageId(3, 3), text("R")), message("a"));
    ask(requests.commit(0, 1, 2));
    assertThat(ask(requests.moved(0, 1, Position.ZERO, 9)))
        .containsExactly("1", "3", "2", ROOM.toString(), "1-1", other.toString(), "1-2");
    assertThat(ask(requests.moved(0, 1, Position.of(1, 1), 9)))
        .containsExactly("1", "3", "2", other.toString(), "1-2");
    assertThat(ask(requests.heads(0, 1, List.of(other, LogDriver.room(3), ROOM))))
        .containsExactly("1", "3", "2", "1-2", "", "1-1");
  }

  @Test
  void archivedAndTrimGiveBackTheBacklogAndTheIds() {
    opened();
    append(rekey(1), message("aa"), message("bb"));
    ask(requests.commit(0, 1, 3));
    long backlog = Long.parseLong(field("m", "backlog"));
    assertThat(backlog).isEqualTo(3 * 73 + 6);
    assertThat(ask(requests.archived(0, 1, LEASE - 1, ROOM, Position.of(1, 2))))
        .containsExactly("1", "3", "FENCED");
    assertThat(ask(requests.archived(0, 1, LEASE, ROOM, Position.of(1, 2))))
        .containsExactly("1", "3", "OK");
    assertThat(field("m", "backlog")).isEqualTo("75");
    Requests.Trim tooFar = new Requests.Trim(LEASE, ROOM, Position.of(1, 3), false);
    assertThat(ask(requests.trim(tooFar, 0, 1))).containsExactly("1", "3", "FENCED");
    Requests.Trim two = new Requests.Trim(LEASE, ROOM, Position.of(1, 2), false);
    assertThat(ask(requests.trim(two, 0, 1))).containsExactly("1", "3", "OK");
    assertThat(size(Command.XLEN, "s:" + ROOM)).isEqualTo(1);
    assertThat(size(Command.HLEN, "i:" + ROOM)).isEqualTo(1);
    Requests.Trim rest = new Requests.Trim(LEASE, ROOM, Position.of(1, 3), true);
    assertThat(ask(requests.trim(rest, 0, 1))).containsExactly("1", "3", "OK");
    assertThat(field("m", "backlog")).isEqualTo("0");
    assertThat(size(Command.EXISTS, "s:" + ROOM)).as("only its state is left").isZero();
    assertThat(field("r:" + ROOM, "floor")).isEqualTo("1-3");
  }

  @Test
  void trimTakesABoundedPieceAtATime() {
    opened();
    append(rekey(1));
    for (int i = 0; i < 3; i++) {
      Append[] fifty = new Append[50];
      for (int k = 0; k < fifty.length; k++) {
        fifty[k] = message("m");
      }
      append(fifty);
    }
    ask(requests.commit(0, 1, 151));
    Requests.Trim all = new Requests.Trim(LEASE, ROOM, Position.of(1, 151), true);
    assertThat(ask(requests.trim(all, 0, 1))).containsExactly("1", "151", "MORE");
    assertThat(ask(requests.trim(all, 0, 1))).containsExactly("1", "151", "OK");
  }

  @Test
  void restoreGivesAnUnknownRoomItsStateBack() {
    opened();
    Entry rekey =
        new Entry(
            ROOM,
            Position.of(0, 8),
            Position.ZERO,
            1,
            EntryKind.REKEY,
            MemberTag.NONE,
            3,
            new MessageId(1, 1),
            text("R3"));
    RestoredRoom room =
        new RestoredRoom(ROOM, Position.of(0, 9), 3, 2, Position.of(0, 9), rekey, Map.of(ANNA, 6));
    assertThat(ask(requests.restore(0, 1, LEASE, room))).contains("OK");
    assertThat(ask(requests.restore(0, 1, LEASE, room))).as("has state").contains("THERE");
    assertThat(ask(requests.state(0, 1, ROOM))).startsWith("1", "0-9", "3", "2", "0-9", "0-9");
    assertThat(ask(requests.rekeys(0, 1, ROOM, 2, 9))).startsWith("1", "0-8", "0-0", "1");
    assertThat(append(Append.message(ROOM, ANNA, 5, 3, new MessageId(5, 5), text("m"))))
        .contains("EVICTED");
  }

  @Test
  void aReplicaAnswersNothing() {
    opened();
    var replica = SharedRedis.topology().servers().get(1).at();
    Wire to =
        await(
            new Dialer(vertx, Access.OPEN, Duration.ofSeconds(20))
                .dial(HostAndPort.create(replica.host(), replica.port()), Duration.ofSeconds(20)));
    await(wire.send(Requests.wait(3, Duration.ofSeconds(10))));
    assertThat(await(to.send(requests.heads(0, 1, List.of(ROOM)))).get(0).toString())
        .isEqualTo("FENCE");
    assertThat(
            LogDriver.failure(
                to.send(requests.barrier(0, 1))
                    .mapEmpty()
                    .recover(
                        failure ->
                            io.vertx.core.Future.failedFuture(new IllegalStateException(failure)))))
        .hasMessageContaining("READONLY");
    to.close();
  }
}
