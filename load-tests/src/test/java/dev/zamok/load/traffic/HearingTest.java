package dev.zamok.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.load.traffic.LiveTicket.Use;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrame.Request;
import dev.zamok.protocol.frame.HubFrames;
import org.junit.jupiter.api.Test;

/** A refusal counts as one of the removed only under the code that says so. */
class HearingTest {
  private static final RoomId ROOM = new RoomId(1L << 56, 1);
  private static final MessageId ID = new MessageId(7, 7);

  private final Hearing hearing = new Hearing(ROOM, ID);

  private void reject(Request request, ErrorCode code) {
    MessageId id = request == Request.PUBLISH ? ID : MessageId.NONE;
    hearing.received(HubFrames.encode(new HubFrame.Reject(request, ROOM, id, code, 0)));
  }

  @Test
  void whoIsToldThatHisMembershipHasEndedIsShutOut() {
    reject(Request.JOIN, ErrorCode.EVICTED);
    assertThat(hearing.isDecided()).isFalse();
    reject(Request.PUBLISH, ErrorCode.NOT_JOINED);
    assertThat(hearing.use()).isEqualTo(Use.SHUT_OUT);
  }

  @Test
  void whoIsEndedByThePushOfTheEvictionIsShutOut() {
    hearing.received(HubFrames.encode(new HubFrame.Evicted(ROOM, ErrorCode.EVICTED)));
    reject(Request.PUBLISH, ErrorCode.EVICTED);
    assertThat(hearing.use()).isEqualTo(Use.SHUT_OUT);
  }

  @Test
  void twoRefusalsForOtherReasonsAreNotThoseOfTheRemoved() {
    reject(Request.JOIN, ErrorCode.UNAVAILABLE);
    reject(Request.PUBLISH, ErrorCode.NOT_JOINED);
    assertThat(hearing.use()).isEqualTo(Use.REFUSED);
  }

  @Test
  void whatHeSaidMustBeRefusedForThatTooAndNotForItsEpoch() {
    reject(Request.JOIN, ErrorCode.EVICTED);
    reject(Request.PUBLISH, ErrorCode.STALE_EPOCH);
    assertThat(hearing.use()).isEqualTo(Use.REFUSED);
  }

  @Test
  void aJoinThatIsNotAnsweredDecidesNothing() {
    reject(Request.PUBLISH, ErrorCode.NOT_JOINED);
    assertThat(hearing.use()).isEqualTo(Use.NO_ANSWER);
    hearing.closed(4010);
    assertThat(hearing.isDecided()).isTrue();
    assertThat(hearing.use()).isEqualTo(Use.NO_ANSWER);
  }
}
