package dev.zamok.load.simulation;

import static dev.zamok.load.simulation.MadeUpHub.ANN;
import static dev.zamok.load.simulation.MadeUpHub.BEN;
import static dev.zamok.load.simulation.MadeUpHub.CLEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.zamok.load.audit.Flaw;
import dev.zamok.load.audit.Verdict;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.frame.HubFrame;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A hub that breaks a promise, as a simulation hears it: frames in Gatling's messages, through the
 * recording, to the audit, which must name it.
 */
class RecordingPathTest {
  private final MadeUpHub hub = new MadeUpHub();

  @BeforeEach
  void theyTalk() {
    hub.say(ANN, "one");
    hub.say(BEN, "two");
    hub.say(CLEO, "three");
    hub.remove(CLEO);
    hub.say(ANN, "four");
  }

  /** What a simulation says, in which servers and connections are left alone. */
  private void expectFailure(String what) {
    assertThatIllegalStateException()
        .isThrownBy(() -> FinalAudit.judge(true, hub.recording()))
        .withMessage(what);
  }

  private void expect(Flaw... flaws) {
    Verdict verdict = hub.verdict();
    assertThat(verdict.flaws().keySet()).as(verdict.report()).containsExactlyInAnyOrder(flaws);
  }

  @Test
  void aHubThatKeepsItsPromisesPassesAndNothingIsMissedByTheRecording() {
    expect();
    assertThat(hub.verdict().counts().acknowledged()).isEqualTo(4);
    assertThat(hub.verdict().counts().delivered()).isEqualTo(4 + 4 + 3);
    assertThat(hub.verdict().counts().doubled()).isZero();
    assertThat(hub.verdict().counts().skipped()).isZero();
    assertThatNoException().isThrownBy(() -> FinalAudit.judge(true, hub.recording()));
  }

  @Test
  void anAcknowledgedMessageThatTheLogLostIsFound() {
    hub.sayTo(List.of(), ANN, "five");
    hub.log.remove(hub.log.size() - 1);

    expect(Flaw.LOST);
  }

  @Test
  void aLastMessageThatOneUserNeverGotIsFound() {
    hub.sayTo(List.of(ANN), ANN, "five");

    expect(Flaw.NEVER_DELIVERED);
    assertThat(hub.verdict().report()).contains(BEN);
  }

  @Test
  void aMessageThatTheHubSkippedIsRepairedFromHistoryAndIsAFaultWhereNothingFailed() {
    hub.sayTo(List.of(ANN), ANN, "five");
    hub.say(BEN, "six");

    expect();
    assertThat(hub.verdict().counts().gapsTold()).isOne();
    assertThat(hub.verdict().counts().skipped()).isOne();
    expectFailure("1 entries were left out untold");
  }

  @Test
  void aGapThatTheHubToldIsRepairedFromHistory() {
    Entry five = hub.sayTo(List.of(ANN), ANN, "five");
    hub.send(BEN, new HubFrame.Gap(MadeUpHub.ROOM, five.previous(), five.position()));
    hub.say(BEN, "six");

    expect();
    assertThat(hub.verdict().counts().gapsTold()).isOne();
    assertThat(hub.verdict().counts().skipped()).isZero();
    assertThatNoException().isThrownBy(() -> FinalAudit.judge(true, hub.recording()));
  }

  @Test
  void aMessageThatIsTwiceInTheLogAndSentTwiceIsDoubled() {
    Entry last = hub.log.get(hub.log.size() - 1);
    Entry again = hub.append(last.kind(), last.tag(), last.id(), last.body());
    List.of(ANN, BEN).forEach(name -> hub.send(name, again));

    assertThat(hub.verdict().flaws()).containsKey(Flaw.DOUBLED);
  }

  @Test
  void anEntryThatIsSentTwiceIsShownOnceAndIsAFaultWhereNothingFailed() {
    hub.send(BEN, hub.log.get(hub.log.size() - 1));

    expect();
    assertThat(hub.verdict().counts().doubled()).isOne();
    expectFailure("1 entries were sent twice");
  }

  @Test
  void aMessageThatReachesARemovedMemberIsALeak() {
    hub.send(CLEO, hub.log.get(hub.log.size() - 1));

    expect(Flaw.LEAKED);
    assertThat(hub.verdict().report()).contains(CLEO);
  }

  @Test
  void aMessageThatARemovedMemberGetsThroughIsALeak() {
    hub.say(CLEO, "five");

    assertThat(hub.verdict().flaws()).containsKey(Flaw.LEAKED);
  }

  @Test
  void aResumedRoomThatLacksAnEntryIsFalselyRecovered() {
    hub.sayTo(List.of(ANN), ANN, "five");
    hub.join(BEN, HubFrame.Recovery.COMPLETE);

    expect(Flaw.FALSE_RECOVERED, Flaw.NEVER_DELIVERED);
  }

  @Test
  void aResumedRoomThatIsNotCompleteIsRepairedFromHistory() {
    hub.sayTo(List.of(ANN), ANN, "five");
    hub.join(BEN, HubFrame.Recovery.INCOMPLETE);

    expect();
  }

  @Test
  void anEntryThatIsNotInTheLogIsAPhantom() {
    MessageId id = new MessageId(8, 8);
    Entry last = hub.log.get(hub.log.size() - 1);
    Entry phantom = hub.append(last.kind(), new MemberTag(1), id, last.body());
    hub.log.remove(phantom);
    hub.send(BEN, phantom);

    assertThat(hub.verdict().flaws()).containsKey(Flaw.PHANTOM);
  }

  @Test
  void aRefusedMessageIsTriedAgainUnderItsIdUntilTheAnswerIsFinal() {
    hub.user(ANN).compose("five", 64);
    MessageId id = hub.idOf(ANN);
    hub.refuse(ANN, id, ErrorCode.STALE_EPOCH);
    assertThat(hub.user(ANN).isUnanswered()).isTrue();
    assertThat(hub.idOf(ANN)).isEqualTo(id);

    hub.refuse(ANN, id, ErrorCode.EVICTED);
    assertThat(hub.user(ANN).isUnanswered()).isFalse();
    assertThat(hub.verdict().counts().refused()).isOne();
    expect();
  }

  @Test
  void aMessageWithoutAnswerHasAnUnknownOutcome() {
    hub.user(ANN).compose("five", 64);

    expect();
    assertThat(hub.verdict().counts().unknown()).isOne();
  }
}
