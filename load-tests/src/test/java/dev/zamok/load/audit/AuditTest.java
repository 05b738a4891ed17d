package dev.zamok.load.audit;

import static dev.zamok.load.audit.Run.ANN;
import static dev.zamok.load.audit.Run.BEN;
import static dev.zamok.load.audit.Run.CLEO;
import static dev.zamok.load.audit.Run.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each kind of error, planted into a clean run: the audit must name it. */
class AuditTest {
  private final Run run = new Run();

  private void expect(Flaw... flaws) {
    assertThat(run.verdict().flaws().keySet())
        .as(run.verdict().report())
        .containsExactlyInAnyOrder(flaws);
  }

  @Test
  void aCleanRunPasses() {
    Verdict verdict = run.verdict();

    assertThat(verdict.passed()).as(verdict.report()).isTrue();
    assertThat(verdict.counts().acknowledged()).isEqualTo(8);
    assertThat(verdict.counts().delivered()).isEqualTo(8 + 8 + 5);
    assertThat(verdict.report()).contains("audit passed");
  }

  @Test
  void anAcknowledgedMessageThatHistoryLacksIsLost() {
    run.sends.get(ANN).add(new Send("gone", Send.Outcome.ACKNOWLEDGED, at(99), 0, 1));

    expect(Flaw.LOST);
    assertThat(run.verdict().counts().lost()).isOne();
  }

  @Test
  void aLossThatTheLevelAllowsIsCountedOnly() {
    run.lossless = false;
    run.sends.get(ANN).add(new Send("gone", Send.Outcome.ACKNOWLEDGED, at(99), 0, 1));

    expect();
    assertThat(run.verdict().counts().lost()).isOne();
  }

  @Test
  void aLossThatTheLevelAllowsMustBeToldToWhoWasShownIt() {
    run.lossless = false;
    Seen.Message gone = new Seen.Message(at(12), ANN, new MessageId(9, 9), "gone");
    run.seen.get(BEN).add(gone);
    expect(Flaw.PHANTOM);

    run.seen.get(BEN).add(new Seen.Withdrawn(List.of(at(12))));
    expect();
    assertThat(run.verdict().counts().withdrawn()).isOne();
  }

  @Test
  void aMessageTwiceInHistoryIsDoubled() {
    append(run.entry(11).content(), new MessageId(5, 5), 12);
    showLastToAll();

    expect(Flaw.DOUBLED);
  }

  @Test
  void aMessageIdTwiceInHistoryIsDoubled() {
    append("again", run.entry(11).entry().id(), 12);

    assertThat(run.verdict().flaws()).containsKey(Flaw.DOUBLED);
  }

  @Test
  void aMessageShownTwiceIsDoubled() {
    run.seen.get(BEN).add(run.shown(11));

    expect(Flaw.DOUBLED);
  }

  @Test
  void anAcknowledgementOfAnotherPositionIsMisplaced() {
    Send send = run.sends.get(BEN).remove(0);
    run.sends.get(BEN).add(new Send(send.content(), send.outcome(), at(4), 0, 1));

    expect(Flaw.MISPLACED);
  }

  @Test
  void aRefusedMessageInTheLogIsFound() {
    Send send = run.sends.get(BEN).remove(0);
    run.sends.get(BEN).add(new Send(send.content(), Send.Outcome.REFUSED, Position.ZERO, 0, 1));

    expect(Flaw.REFUSED_BUT_LOGGED);
  }

  @Test
  void aMessageOfUnknownOutcomeMayBeThereOrNot() {
    Send send = run.sends.get(BEN).remove(0);
    run.sends.get(BEN).add(new Send(send.content(), Send.Outcome.UNKNOWN, Position.ZERO, 0, 1));
    run.sends.get(BEN).add(new Send("never came", Send.Outcome.UNKNOWN, Position.ZERO, 0, 1));

    expect();
    assertThat(run.verdict().counts().unknown()).isEqualTo(2);
  }

  @Test
  void anEntryAfterARemovalThatReachedTheRemovedIsALeak() {
    run.wire.get(CLEO).add(run.sent(8));

    expect(Flaw.LEAKED);
  }

  @Test
  void aMessageThatWasSentAfterTheRemovalWasDoneIsALeakWhereverTheEvictionStands() {
    run.wire.get(CLEO).add(run.sent(9));
    // the log has the eviction late: by position alone all would be well
    HistoryEntry eviction = run.history.get(6);
    run.history.set(6, new HistoryEntry(eviction.entry(), "", MemberTag.NONE, 0));
    HistoryEntry last = run.history.get(9);
    run.history.set(9, new HistoryEntry(last.entry(), last.content(), CLEO, 0));

    assertThat(run.verdict().flaws()).containsKey(Flaw.LEAKED);
  }

  @Test
  void aRemovalWithoutEvictionIsALeak() {
    HistoryEntry eviction = run.history.get(6);
    run.history.set(6, new HistoryEntry(eviction.entry(), "", MemberTag.NONE, 0));

    assertThat(run.verdict().flaws()).containsKey(Flaw.LEAKED);
  }

  @Test
  void aMessageOfARemovedMemberIsALeak() {
    LogEntry entry = run.entry(11).entry();
    LogEntry forged =
        new LogEntry(
            entry.position(),
            entry.previous(),
            entry.kind(),
            CLEO,
            entry.epoch(),
            entry.id(),
            entry.digest());
    run.history.set(10, new HistoryEntry(forged, "", MemberTag.NONE, 0));

    assertThat(run.verdict().flaws()).containsKey(Flaw.LEAKED);
  }

  @Test
  void aShownMessageThatHistoryLacksIsAPhantom() {
    run.seen.get(BEN).add(new Seen.Message(at(12), ANN, new MessageId(9, 9), "phantom"));

    expect(Flaw.PHANTOM);
  }

  @Test
  void aSentEntryThatHistoryLacksIsAPhantom() {
    LogEntry phantom =
        new LogEntry(at(12), at(11), EntryKind.MESSAGE, ANN, 2, new MessageId(9, 9), 7);
    run.wire.get(BEN).add(new Wire.Entry(phantom));

    expect(Flaw.PHANTOM);
  }

  @Test
  void aRepetitionOfATrimmedEntryThatHistoryHidesIsWell() {
    run.kept = 0;
    repeatLast();

    assertThat(run.verdict().passed()).isTrue();
  }

  @Test
  void anIdThatIsTakenAgainThoughItsEntryIsInTheLogIsDoubled() {
    run.kept = 1;
    repeatLast();

    assertThat(run.verdict().flaws()).containsKey(Flaw.DOUBLED);
  }

  @Test
  void anIdThatIsTakenAgainWhereNothingIsTrimmedIsDoubled() {
    repeatLast();

    assertThat(run.verdict().flaws()).containsKey(Flaw.DOUBLED);
  }

  @Test
  void whereTheLogMayLoseItsNewestEntriesAnIdMayComeAgain() {
    run.lossless = false;
    repeatLast();

    assertThat(run.verdict().flaws()).doesNotContainKey(Flaw.DOUBLED);
  }

  @Test
  void aRepetitionThatIsShownIsDoubled() {
    run.kept = 0;
    repeatLast();
    Seen.Message original = run.shown(11);
    run.seen
        .get(BEN)
        .add(new Seen.Message(at(12), original.tag(), original.id(), original.content()));

    assertThat(run.verdict().flaws()).containsKey(Flaw.DOUBLED);
  }

  /** Its sender was told the second position; history goes on behind it. */
  private void repeatLast() {
    LogEntry original = run.entry(11).entry();
    LogEntry again =
        new LogEntry(at(12), at(11), EntryKind.MESSAGE, original.tag(), 2, original.id(), 4_711);
    run.wire.get(BEN).add(new Wire.Entry(again));
    List<Send> sends = run.sends.get(ANN);
    Send last = sends.remove(sends.size() - 1);
    sends.add(new Send(last.content(), last.outcome(), at(12), last.startNanos(), last.endNanos()));
    append("after it", new MessageId(0, 13), 13);
    showLastToAll();
  }

  @Test
  void aMessageTakenBackIsAPhantomWhereNothingMayBeLost() {
    run.seen.get(BEN).add(new Seen.Message(at(12), ANN, new MessageId(9, 9), "phantom"));
    run.seen.get(BEN).add(new Seen.Withdrawn(List.of(at(12))));

    expect(Flaw.PHANTOM);
  }

  @Test
  void twoBodiesAtOnePositionAreFound() {
    LogEntry entry = run.entry(11).entry();
    LogEntry other =
        new LogEntry(
            entry.position(),
            entry.previous(),
            entry.kind(),
            entry.tag(),
            entry.epoch(),
            entry.id(),
            entry.digest() + 1);
    run.wire.get(BEN).set(run.wire.get(BEN).size() - 1, new Wire.Entry(other));

    expect(Flaw.TWO_CONTENTS);
  }

  @Test
  void twoTextsAtOnePositionAreFound() {
    Seen.Message message = run.shown(11);
    run.seen
        .get(BEN)
        .set(
            run.seen.get(BEN).size() - 1,
            new Seen.Message(message.position(), message.tag(), message.id(), "another text"));

    expect(Flaw.TWO_CONTENTS);
  }

  @Test
  void aResumedRoomThatWasNotCompleteIsFalselyRecovered() {
    run.wire.get(BEN).remove(run.sent(6));

    expect(Flaw.FALSE_RECOVERED);
  }

  @Test
  void aResumedRoomWhoseLastEntryNeverComesIsFalselyRecovered() {
    run.wire.get(BEN).add(new Wire.Joined(at(10), at(11), Recovery.COMPLETE));

    expect(Flaw.FALSE_RECOVERED);
  }

  @Test
  void aResumedRoomThatWasCalledIncompleteIsNotFalse() {
    run.wire.get(BEN).add(new Wire.Joined(at(10), at(11), Recovery.INCOMPLETE));

    expect();
  }

  @Test
  void aMessageInTheMiddleThatAMemberNeverGotIsFound() {
    run.seen.get(BEN).remove(run.shown(9));

    expect(Flaw.NEVER_DELIVERED);
  }

  @Test
  void theLastMessageOfAQuietRoomThatAMemberNeverGotIsFound() {
    run.seen.get(ANN).remove(run.shown(11));

    expect(Flaw.NEVER_DELIVERED);
  }

  @Test
  void aGapThatWasToldAndRepairedIsWell() {
    run.wire.get(BEN).remove(run.sent(9));
    run.wire.get(BEN).add(run.wire.get(BEN).size() - 2, new Wire.Gap(at(8), at(9)));
    run.seen.get(BEN).add(5, new Seen.Missing(at(8), at(9)));
    run.seen.get(BEN).add(7, new Seen.Repaired(at(8), at(9)));

    expect();
  }

  @Test
  void aGapThatWasToldAndNeverRepairedIsFound() {
    run.seen.get(BEN).remove(run.shown(9));
    run.seen.get(BEN).add(5, new Seen.Missing(at(8), at(9)));

    expect(Flaw.NOT_REPAIRED);
  }

  @Test
  void aClientThatGaveUpOnAGapIsFound() {
    run.seen.get(BEN).add(new Seen.Warned(Seen.Warning.INCOMPLETE, at(9), "not the whole"));

    expect(Flaw.NOT_REPAIRED);
  }

  @Test
  void aRekeyThatWasLeftOutIsOvertaken() {
    run.wire.get(ANN).remove(run.sent(8));

    expect(Flaw.OVERTAKEN);
  }

  @Test
  void anEvictionThatCameLateIsOvertaken() {
    List<Wire> wire = run.wire.get(ANN);
    wire.remove(run.sent(7));
    wire.add(wire.indexOf(run.sent(9)), run.sent(7));

    expect(Flaw.OVERTAKEN);
  }

  @Test
  void aMessageUnderAClosedEpochIsOvertaken() {
    HistoryEntry last = run.entry(11);
    LogEntry entry = last.entry();
    LogEntry old =
        new LogEntry(
            entry.position(),
            entry.previous(),
            entry.kind(),
            entry.tag(),
            1,
            entry.id(),
            entry.digest());
    run.history.set(10, new HistoryEntry(old, last.content(), MemberTag.NONE, 0));
    List.of(ANN, BEN).forEach(tag -> run.wire.get(tag).remove(run.sent(11)));
    for (MemberTag tag : List.of(ANN, BEN)) {
      run.wire.get(tag).set(run.wire.get(tag).size() - 1, new Wire.Entry(old));
      run.wire.get(tag).add(run.wire.get(tag).size() - 1, run.sent(10));
    }

    expect(Flaw.OVERTAKEN);
  }

  @Test
  void aClientThatShowsAnotherOrderIsFound() {
    run.seen.get(BEN).remove(run.shown(10));
    run.seen.get(BEN).add(run.shown(10));

    expect(Flaw.OUT_OF_ORDER);
  }

  @Test
  void aHistoryOutOfOrderIsFound() {
    HistoryEntry last = run.history.remove(10);
    run.history.add(9, last);

    assertThat(run.verdict().flaws()).containsKey(Flaw.OUT_OF_ORDER);
  }

  @Test
  void aHistoryThatLeavesOutAnEntryIsBroken() {
    run.history.remove(8);

    assertThat(run.verdict().flaws()).containsKey(Flaw.HISTORY_BROKEN);
  }

  @Test
  void anAlarmOfAClientIsFound() {
    run.seen.get(ANN).add(new Seen.Warned(Seen.Warning.ALARM, at(3), "does not verify"));

    expect(Flaw.ALARM);
  }

  @Test
  void theLongestPauseOfAFaultIsTheLongestTimeWithoutAnAcknowledgement() {
    run.faults.add(new FaultSpan("a pause", 610, 1_200));

    FaultLine line = run.verdict().faults().get(0);

    assertThat(line.pause()).isEqualTo(Duration.ofNanos(300));
    assertThat(line.sent()).isEqualTo(3);
    assertThat(line.lost()).isZero();
    assertThat(run.verdict().report()).contains("a pause");
  }

  @Test
  void eachLevelSurvivesWhatTheDesignPromises() {
    assertThat(AckLevel.TWO_REPLICAS.survives(Set.of(Damage.PROCESSES))).isTrue();
    assertThat(AckLevel.TWO_REPLICAS.survives(Set.of(Damage.OTHER_REPLICA_PROMOTED))).isFalse();
    assertThat(AckLevel.ALL_REPLICAS.survives(Set.of(Damage.OTHER_REPLICA_PROMOTED))).isTrue();
    assertThat(AckLevel.ALL_REPLICAS.survives(Set.of(Damage.PRIMARY_EMPTIED))).isFalse();
    assertThat(AckLevel.STORED.survives(Set.of(Damage.LOG_LOST))).isTrue();
    assertThat(AckLevel.LOCAL.survives(Set.of(Damage.PROCESSES))).isTrue();
  }

  private void append(String content, MessageId id, int counter) {
    LogEntry entry =
        new LogEntry(at(counter), at(counter - 1), EntryKind.MESSAGE, ANN, 2, id, counter);
    run.history.add(new HistoryEntry(entry, content, MemberTag.NONE, 0));
  }

  private void showLastToAll() {
    int last = run.history.size();
    for (MemberTag tag : List.of(ANN, BEN)) {
      run.wire.get(tag).add(run.sent(last));
      run.seen.get(tag).add(run.shown(last));
    }
  }
}
