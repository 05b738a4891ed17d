package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** History by itself: one order, nothing twice, nothing left out, no security entry overtaken. */
final class HistoryCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    Repetitions repetitions = Repetitions.of(recording);
    recording.histories().values().forEach(history -> check(history, repetitions, findings));
    repetitions
        .known()
        .forEach(
            (room, positions) ->
                findings.add(
                    Flaw.DOUBLED,
                    "the log took ids again that it had, at " + positions + " of " + room));
  }

  private static void check(RoomHistory history, Repetitions repetitions, Findings findings) {
    Position last = null;
    Set<Object> ids = new HashSet<>();
    Set<String> contents = new HashSet<>();
    Map<MemberTag, Position> out = new HashMap<>();
    int accepted = 0;
    for (HistoryEntry read : history.entries()) {
      LogEntry entry = read.entry();
      String at = " at " + entry.position() + " of " + history.room();
      if (last != null && !entry.position().isAfter(last)) {
        findings.add(Flaw.OUT_OF_ORDER, "history goes back" + at);
      } else if (last != null
          && !repetitions.original(history.room(), entry.previous()).equals(last)) {
        findings.add(Flaw.HISTORY_BROKEN, "history skips what is before the entry" + at);
      }
      last = entry.position();
      if (!ids.add(List.of(entry.tag(), entry.id()))) {
        findings.add(Flaw.DOUBLED, "history has one message id twice" + at);
      }
      if (entry.kind() == EntryKind.MESSAGE) {
        if (!read.content().isEmpty() && !contents.add(read.content())) {
          findings.add(Flaw.DOUBLED, "history says one thing twice" + at);
        }
        if (out.containsKey(entry.tag())) {
          findings.add(Flaw.LEAKED, "a removed member wrote" + at);
        }
        if (entry.epoch() < accepted) {
          findings.add(Flaw.OVERTAKEN, "a message under a closed epoch" + at);
        }
      }
      accepted = Math.max(accepted, read.accepts());
      if (!read.evicted().equals(MemberTag.NONE)) {
        out.put(read.evicted(), entry.position());
      }
    }
  }
}
