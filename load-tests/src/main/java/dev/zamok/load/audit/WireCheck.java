package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * What the hub sent, against history: what it called complete was complete, no rekey or eviction
 * was overtaken, and no entry was sent that is not in history.
 *
 * <p>Between two JOINED the entries must be those of history, but for what was told as a gap. A
 * message that is left out untold is noticed by the client, and counted; a security entry never may
 * be.
 */
final class WireCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    Repetitions repetitions = Repetitions.of(recording);
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      Stretch stretch = new Stretch(seat, history, findings);
      for (Wire wire : seat.wire()) {
        wire.accept(stretch);
        if (recording.lossless()) {
          phantom(wire, seat, repetitions, history, findings);
        }
      }
      stretch.end();
    }
  }

  private static void phantom(
      Wire wire, Seat seat, Repetitions repetitions, RoomHistory history, Findings findings) {
    if (wire instanceof Wire.Entry sent) {
      Position position = sent.entry().position();
      if (history.at(position) == null && !repetitions.isAt(seat.room(), position)) {
        findings.add(
            Flaw.PHANTOM, seat.name() + ": was sent " + position + ", which is not in history");
      }
    }
  }

  /** From one JOINED to the next. */
  private static final class Stretch implements Wire.Visitor<Boolean> {
    private final Seat seat;
    private final RoomHistory history;
    private final Findings findings;

    /** Everything up to here was sent or told; null before the first JOINED. */
    private @Nullable Position cursor;

    /** What was called complete goes to here. */
    private Position promised = Position.ZERO;

    Stretch(Seat seat, RoomHistory history, Findings findings) {
      this.seat = seat;
      this.history = history;
      this.findings = findings;
    }

    private void add(Flaw flaw, String what) {
      findings.add(flaw, seat.name() + ": " + what);
    }

    @Override
    public Boolean joined(Wire.Joined joined) {
      Position after = joined.after();
      boolean complete = after != null && joined.recovery() == Recovery.COMPLETE;
      cursor = complete ? after : joined.head();
      promised = complete ? joined.head() : Position.ZERO;
      return true;
    }

    @Override
    public Boolean gap(Wire.Gap gap) {
      Position now = cursor;
      if (now != null && gap.to().isAfter(now)) {
        cursor = gap.to();
      }
      return true;
    }

    @Override
    public Boolean entry(Wire.Entry sent) {
      LogEntry entry = sent.entry();
      Position now = cursor;
      if (now == null) {
        return false;
      }
      if (!entry.position().isAfter(now)) {
        findings.counted().doubled++;
        return true;
      }
      for (HistoryEntry missed : history.between(now, entry.position())) {
        missed(missed.entry(), entry.position());
      }
      cursor = entry.position();
      return true;
    }

    private void missed(LogEntry missed, Position by) {
      if (!missed.position().isAfter(promised)) {
        add(Flaw.FALSE_RECOVERED, missed.position() + " is missing from what was called complete");
      } else {
        findings.counted().skipped++;
      }
      if (missed.isSecurity()) {
        add(
            Flaw.OVERTAKEN,
            by + " was sent before the " + missed.kind() + " at " + missed.position());
      }
    }

    /** All is quiet: what was called complete must have come by now. */
    void end() {
      Position now = cursor;
      if (now == null || history.eviction(seat.tag()) != null || !promised.isAfter(now)) {
        return;
      }
      for (HistoryEntry missing : history.after(now)) {
        if (!missing.entry().position().isAfter(promised)) {
          String kind = missing.entry().kind() == EntryKind.MESSAGE ? "message" : "entry";
          add(
              Flaw.FALSE_RECOVERED,
              "the " + kind + " at " + missing.entry().position() + " never came");
        }
      }
    }
  }
}
