package dev.zamok.load.audit;

import java.util.List;

/** What the senders were told, against history. */
final class SendCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    Repetitions repetitions = Repetitions.of(recording);
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      for (Send send : seat.sends()) {
        findings.counted().sent++;
        List<HistoryEntry> found = history.saying(send.content());
        check(seat, send, found, recording.lossless(), findings);
        place(seat, send, found, repetitions, findings);
      }
    }
  }

  private static void check(
      Seat seat, Send send, List<HistoryEntry> found, boolean lossless, Findings findings) {
    String what = "\"" + send.content() + "\" of " + seat.name();
    switch (send.outcome()) {
      case ACKNOWLEDGED -> {
        findings.counted().acknowledged++;
        if (found.isEmpty()) {
          findings.counted().lost++;
          if (lossless) {
            findings.add(Flaw.LOST, what + ", acknowledged at " + send.position());
          }
        }
      }
      case REFUSED -> {
        findings.counted().refused++;
        if (!found.isEmpty()) {
          findings.add(Flaw.REFUSED_BUT_LOGGED, what);
        }
      }
      case UNKNOWN -> findings.counted().unknown++;
    }
    for (HistoryEntry entry : found) {
      if (!entry.entry().tag().equals(seat.tag())) {
        findings.add(Flaw.TWO_CONTENTS, what + " stands there under another tag");
      }
    }
  }

  private static void place(
      Seat seat, Send send, List<HistoryEntry> found, Repetitions repetitions, Findings findings) {
    boolean stands =
        found.stream()
            .map(HistoryEntry::entry)
            .anyMatch(
                entry ->
                    entry.position().equals(send.position())
                        || repetitions.isOf(seat.room(), send.position(), entry));
    if (send.outcome() == Send.Outcome.ACKNOWLEDGED && !found.isEmpty() && !stands) {
      findings.add(
          Flaw.MISPLACED,
          "\"%s\" of %s, acknowledged at %s, stands at %s"
              .formatted(
                  send.content(), seat.name(), send.position(), found.get(0).entry().position()));
    }
  }
}
