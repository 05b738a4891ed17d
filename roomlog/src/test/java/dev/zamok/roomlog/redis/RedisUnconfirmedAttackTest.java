package dev.zamok.roomlog.redis;

import static dev.zamok.roomlog.LogDriver.ANNA;
import static dev.zamok.roomlog.LogDriver.await;
import static dev.zamok.roomlog.LogDriver.text;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A server that was cut off took something of a member in, and nobody else has it. Meanwhile
 * somebody was removed, elsewhere; then this server is all that is left. What waits in it must not
 * reach who was removed. Each function on a real server alone.
 */
class RedisUnconfirmedAttackTest extends RedisFunctionBed {
  private static final RoomId ROOM = LogDriver.room(1);
  private static final RoomId OTHER = LogDriver.room(2);
  private static final long LEASE = 5;
  private static final Position ELSEWHERE = Position.of(1, 9);

  private long ids;

  private List<String> claim(int generation, Position floor, boolean stored, boolean vouched) {
    return ask(requests.claim(new Requests.Claim(LEASE, floor, stored, vouched), 0, generation));
  }

  private List<String> append(int generation, Append... appends) {
    List<Op.Entry> ops = new ArrayList<>();
    for (Append append : appends) {
      ops.add(new Op.Entry(0, append, Promise.promise()));
    }
    return ask(requests.append(0, generation, false, ops));
  }

  private Append rekey(RoomId room, int epoch) {
    return Append.rekey(room, epoch, epoch, LEASE, new MessageId(1, ++ids), text("R" + epoch));
  }

  private Append message(RoomId room, int epoch, String body) {
    return Append.message(room, ANNA, 3, epoch, new MessageId(1, ++ids), text(body));
  }

  /** Two rooms at epoch 1, whose rekeys are committed; everything after them is not. */
  private void serve(boolean stored, Append... uncommitted) {
    claim(0, Position.ZERO, stored, false);
    ask(requests.confirm(0, 1));
    ask(requests.restored(0, 1, LEASE, 1));
    append(1, rekey(ROOM, 1), rekey(OTHER, 1));
    ask(requests.commit(0, 1, 2));
    if (stored) {
      ask(requests.stored(0, 1, LEASE, List.of(Position.of(1, 1), Position.of(1, 2))));
    }
    append(1, uncommitted);
  }

  /** It is opened again, as after a fail-over to it. */
  private void becomesPrimary() {
    await(wire.send(Request.cmd(Command.HSET).arg(key("m")).arg("fence").arg("0123456789abcdef")));
    assertThat(ask(requests.open(0, 1, 0))).containsExactly("OPENING", "2");
    assertThat(ask(requests.confirm(0, 2))).containsExactly("OK");
  }

  /** As the store knows a room. */
  private static RestoredRoom known(RoomId room, Position rekeyAt, int epoch, int minEpoch) {
    Entry rekey =
        new Entry(
            room,
            rekeyAt,
            Position.ZERO,
            1,
            EntryKind.REKEY,
            MemberTag.NONE,
            epoch,
            new MessageId(9, epoch),
            text("R"));
    return new RestoredRoom(room, rekeyAt, epoch, minEpoch, rekeyAt, rekey, Map.of());
  }

  private List<String> heads() {
    List<String> answer = ask(requests.heads(0, 0, List.of(ROOM, OTHER)));
    return answer.subList(3, 5);
  }

  private String read(RoomId room) {
    return ask(requests.read(new Requests.ReadOf(room, Position.ZERO, 99, 9_999), 0, 0)).toString();
  }

  @Test
  void whatWasSaidWhileARemovalWasPendingElsewhereIsNeverDelivered() {
    Append said = message(ROOM, 1, "after the removal");
    serve(false, said);
    String backlog = field("m", "backlog");
    becomesPrimary();
    assertThat(field("r:" + ROOM, "cHead")).as("not by the opening").isEqualTo("1-1");
    claim(2, ELSEWHERE, false, true);
    assertThat(field("r:" + ROOM, "cHead")).as("not by the claim").isEqualTo("1-1");

    // The room is held: whatever is said after that may be for fewer.
    ask(requests.restore(0, 2, LEASE, known(ROOM, Position.of(1, 1), 1, 2)));
    ask(requests.restored(0, 2, LEASE, 2));
    ask(requests.commit(0, 2, 100));
    assertThat(heads().get(0)).isEqualTo("1-1");
    assertThat(read(ROOM)).doesNotContain("after the removal");
    assertThat(size(Command.LLEN, "o")).isZero();
    assertThat(Long.parseLong(field("m", "backlog"))).isLessThan(Long.parseLong(backlog));
    assertThat(append(2, said).get(2)).as("and it is not known").isEqualTo("HELD");
  }

  @Test
  void whatWasSaidUnderAnOldKeyWhileSomebodyWasRemovedElsewhereIsNeverDelivered() {
    serve(false, message(ROOM, 1, "after the removal"), rekey(ROOM, 2));
    becomesPrimary();
    claim(2, ELSEWHERE, false, true);
    ask(requests.restore(0, 2, LEASE, known(ROOM, ELSEWHERE, 2, 2)));
    ask(requests.restored(0, 2, LEASE, 2));
    assertThat(read(ROOM)).doesNotContain("after the removal");
    assertThat(heads().get(0)).isEqualTo(ELSEWHERE.toString());
    List<String> next = append(2, message(ROOM, 2, "next"));
    assertThat(next.get(2)).startsWith("+2-");
    ask(requests.commit(0, 2, Long.parseLong(next.get(1))));
    assertThat(read(ROOM)).contains("next", ELSEWHERE.toString());
  }

  /** An entry that was acknowledged can wait here, since the commit itself came too late. */
  @Test
  void whatWaitsInARoomThatLacksNothingIsDeliveredOnceThatIsKnown() {
    serve(false, message(ROOM, 1, "acknowledged"), message(OTHER, 1, "too"), rekey(ROOM, 2));
    becomesPrimary();
    claim(2, ELSEWHERE, false, true);
    assertThat(heads()).containsExactly("1-1", "1-2");

    ask(requests.restore(0, 2, LEASE, known(OTHER, Position.of(1, 2), 1, 1)));
    assertThat(heads()).containsExactly("1-1", "1-4");
    List<String> more = append(2, message(OTHER, 1, "more"));
    ask(requests.commit(0, 2, Long.parseLong(more.get(1))));
    assertThat(heads().get(0)).as("others do not take it along").isEqualTo("1-1");

    ask(requests.restore(0, 2, LEASE, known(ROOM, Position.of(1, 5), 2, 2)));
    assertThat(heads().get(0)).isEqualTo("1-5");
    ask(requests.restored(0, 2, LEASE, 2));
    assertThat(read(ROOM)).contains("acknowledged");
    assertThat(size(Command.LLEN, "o")).isZero();
  }

  @Test
  void whatWaitsInARoomThatNoStoreKnowsIsDeliveredAtTheEnd() {
    serve(false, message(ROOM, 1, "a"));
    becomesPrimary();
    claim(2, ELSEWHERE, false, true);
    ask(requests.restored(0, 2, LEASE, 2));
    assertThat(heads().get(0)).isEqualTo("1-3");
  }

  @Test
  void aRoomOfWhichNothingWasEverCommittedIsGivenBackAsTheStoreKnowsIt() {
    RoomId made = LogDriver.room(3);
    serve(false, rekey(made, 1), message(made, 1, "after the removal"));
    becomesPrimary();
    claim(2, ELSEWHERE, false, true);
    ask(requests.restore(0, 2, LEASE, known(made, Position.of(1, 7), 3, 3)));
    ask(requests.restored(0, 2, LEASE, 2));
    assertThat(ask(requests.state(0, 2, made))).containsExactly("2", "1-7", "3", "3", "1-7", "1-7");
    assertThat(read(made)).doesNotContain("after the removal");
  }

  /** Stored first: the lease holder is not given what waits, and no retry is answered by it. */
  @Test
  void nothingIsStoredOrAcknowledgedOfARoomThatIsNotComparedYet() {
    Append said = message(ROOM, 1, "said");
    Append too = message(OTHER, 1, "too");
    serve(true, said, too);
    ask(requests.commit(0, 1, 4));
    becomesPrimary();
    claim(2, ELSEWHERE, true, true);
    assertThat(ask(requests.uncommitted(0, 2, 9))).containsExactly("2");
    ask(requests.restore(0, 2, LEASE, known(OTHER, Position.of(1, 2), 1, 1)));
    assertThat(ask(requests.uncommitted(0, 2, 9))).contains("1-4").doesNotContain("1-3");
    // Between the question and the answer another room is compared: it is not stored by that.
    ask(requests.restore(0, 2, LEASE, known(ROOM, Position.of(1, 1), 1, 1)));
    assertThat(ask(requests.stored(0, 2, LEASE, List.of(Position.of(1, 4))))).contains("OK");
    assertThat(heads()).containsExactly("1-1", "1-4");
    assertThat(append(2, said).get(2)).isEqualTo("=1-3");
    assertThat(ask(requests.commit(0, 2, 4))).containsExactly("STORING", "2");
    assertThat(ask(requests.uncommitted(0, 2, 9))).contains("1-3");
    assertThat(ask(requests.stored(0, 2, LEASE, List.of(Position.of(1, 3))))).contains("OK");
    assertThat(heads()).containsExactly("1-3", "1-4");
    assertThat(ask(requests.commit(0, 2, 4))).containsExactly("OK");
  }
}
