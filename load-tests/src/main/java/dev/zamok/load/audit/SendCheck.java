package dev.zamok.load.audit;

import java.util.List;

/** What the senders were told, against history. */
final class SendCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      for (Send send : seat.sends()) {
        findings.counted().sent++;
        check(seat, send, history.saying(send.content()), recording.lossless(), findings);
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
        } else if (found.stream().noneMatch(e -> e.entry().position().equals(send.position()))) {
          findings.add(
              Flaw.MISPLACED,
              what
                  + ", acknowledged at "
                  + send.position()
                  + ", stands at "
                  + found.get(0).entry().position());
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
}
