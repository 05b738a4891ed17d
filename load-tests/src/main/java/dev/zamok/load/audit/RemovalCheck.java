package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;

/**
 * Nothing after a removal reached the removed: by position, nothing after his eviction; by time,
 * nothing that a member began to send after the removal was done.
 */
final class RemovalCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    Map<RoomId, Map<String, Long>> starts = new HashMap<>();
    for (Seat seat : recording.seats()) {
      Map<String, Long> ofRoom = starts.computeIfAbsent(seat.room(), room -> new HashMap<>());
      seat.sends().forEach(send -> ofRoom.put(send.content(), send.startNanos()));
    }
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      Position out = history.eviction(seat.tag());
      if (out != null) {
        byPosition(seat, out, findings);
      }
      for (Removal removal : recording.removals()) {
        if (removal.room().equals(seat.room()) && removal.tag().equals(seat.tag())) {
          byTime(seat, removal, history, starts.getOrDefault(seat.room(), Map.of()), findings);
          if (out == null) {
            findings.add(Flaw.LEAKED, seat.name() + " was removed, and the log has no eviction");
          }
        }
      }
    }
  }

  private static void byPosition(Seat seat, Position out, Findings findings) {
    for (Wire wire : seat.wire()) {
      if (wire instanceof Wire.Entry sent && sent.entry().position().isAfter(out)) {
        findings.add(
            Flaw.LEAKED, seat.name() + " was sent " + sent.entry().position() + ", out at " + out);
      }
    }
    for (Seen seen : seat.seen()) {
      if (seen instanceof Seen.Message message && message.position().isAfter(out)) {
        findings.add(Flaw.LEAKED, seat.name() + " was shown \"" + message.content() + "\"");
      }
    }
  }

  private static void byTime(
      Seat seat,
      Removal removal,
      RoomHistory history,
      Map<String, Long> starts,
      Findings findings) {
    for (Wire wire : seat.wire()) {
      if (wire instanceof Wire.Entry sent && sent.entry().kind() == EntryKind.MESSAGE) {
        HistoryEntry read = history.at(sent.entry().position());
        Long start = read == null ? null : starts.get(read.content());
        if (start != null && start > removal.doneNanos()) {
          findings.add(
              Flaw.LEAKED,
              seat.name()
                  + " was sent what was said after the removal was done, at "
                  + sent.entry().position());
        }
      }
    }
  }
}
