package dev.zamok.load.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What each fault of a run did. */
final class FaultLines {
  private FaultLines() {}

  static List<FaultLine> of(Recording recording) {
    List<FaultLine> lines = new ArrayList<>();
    for (FaultSpan span : recording.faults()) {
      lines.add(line(recording, span));
    }
    return lines;
  }

  private static FaultLine line(Recording recording, FaultSpan span) {
    int sent = 0;
    int acknowledged = 0;
    int unknown = 0;
    int lost = 0;
    int doubled = 0;
    List<Long> answers = new ArrayList<>(List.of(span.fromNanos(), span.toNanos()));
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      for (Send send : seat.sends()) {
        boolean taken = send.outcome() == Send.Outcome.ACKNOWLEDGED;
        if (taken && within(send.endNanos(), span)) {
          answers.add(send.endNanos());
        }
        if (within(send.startNanos(), span)) {
          int found = history.saying(send.content()).size();
          sent++;
          acknowledged += taken ? 1 : 0;
          unknown += send.outcome() == Send.Outcome.UNKNOWN ? 1 : 0;
          lost += taken && found == 0 ? 1 : 0;
          doubled += found > 1 ? 1 : 0;
        }
      }
    }
    Duration pause = Duration.ofNanos(longestPause(answers));
    return new FaultLine(span.name(), sent, acknowledged, unknown, lost, doubled, pause);
  }

  private static boolean within(long nanos, FaultSpan span) {
    return nanos - span.fromNanos() >= 0 && span.toNanos() - nanos >= 0;
  }

  private static long longestPause(List<Long> times) {
    times.sort(null);
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest;
  }
}
