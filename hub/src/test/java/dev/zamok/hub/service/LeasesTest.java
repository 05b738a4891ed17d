package dev.zamok.hub.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.room.MemoryRoomLog;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A hub that holds the leases itself, on a log that was failed over. */
class LeasesTest {
  private static final RoomId ROOM = new RoomId(1, 1);
  private static final long TOKEN = 5;

  /** Everything is done in the call. */
  private final MemoryRoomLog log = new MemoryRoomLog(Runnable::run);

  private final Leases leases = new Leases(log, TOKEN);

  private boolean isWhole() {
    return log.restoring(0).result() == 0;
  }

  private void isFenced(long token) {
    assertThat(log.claim(0, token).cause())
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
  }

  /** Fault: a hub that was restarted left every partition closed after a fail-over. */
  @Test
  void aDoubtIsAnsweredBeforeAnyLeaseWasNeeded() {
    log.doubt();
    assertThat(isWhole()).isTrue();
    isFenced(TOKEN - 1);
    assertThat(leases.of(ROOM).result()).isEqualTo(TOKEN);
  }

  @Test
  void aLogIsMeasuredByTheHighestPositionThatWasAcknowledged() {
    leases.of(ROOM);
    leases.reached(ROOM, Position.of(1, 7));
    leases.reached(ROOM, Position.of(1, 3));
    log.doubt();
    assertThat(log.floor()).isEqualTo(Position.of(1, 7));
    assertThat(isWhole()).isTrue();
  }

  @Test
  void aPartitionOfANewerHubIsLeftToIt() {
    leases.of(ROOM);
    assertThat(log.claim(0, TOKEN + 1).succeeded()).isTrue();
    log.doubt();
    assertThat(isWhole()).isFalse();
    assertThat(leases.of(ROOM).cause())
        .isInstanceOfSatisfying(
            Rejection.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
  }

  @Test
  void aHubThatMayNotHoldLeasesAnswersNoDoubt() {
    MemoryRoomLog other = new MemoryRoomLog(Runnable::run);
    assertThat(new Leases(other, 0).of(ROOM).failed()).isTrue();
    other.doubt();
    assertThat(other.restoring(0).result()).isPositive();
  }

  @Test
  void aDoubtThatIsBeingAnsweredIsNotAnsweredTwice() {
    Queue<Runnable> calls = new ArrayDeque<>();
    MemoryRoomLog slow = new MemoryRoomLog(calls::add, Runnable::run, Runnable::run);
    new Leases(slow, TOKEN).of(ROOM);
    runAll(calls);
    slow.doubt();
    slow.doubt();
    assertThat(calls).hasSize(1);
    runAll(calls);
    slow.doubt();
    assertThat(calls).as("the first answer is over").hasSize(1);
  }

  private static void runAll(Queue<Runnable> calls) {
    while (!calls.isEmpty()) {
      calls.remove().run();
    }
  }
}
