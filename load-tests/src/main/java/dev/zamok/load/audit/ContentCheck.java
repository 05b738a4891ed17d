package dev.zamok.load.audit;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;

/** Position → content is a function, over history, all frames and all that was shown. */
final class ContentCheck implements Check {
  private record Place(RoomId room, Position position) {}

  @Override
  public void run(Recording recording, Findings findings) {
    Map<Place, Object> bodies = new HashMap<>();
    Map<Place, Object> contents = new HashMap<>();
    for (RoomHistory history : recording.histories().values()) {
      for (HistoryEntry entry : history.entries()) {
        Place place = new Place(history.room(), entry.entry().position());
        note(bodies, place, entry.entry(), "history", findings);
        if (!entry.content().isEmpty()) {
          note(contents, place, entry.content(), "history", findings);
        }
      }
    }
    for (Seat seat : recording.seats()) {
      for (Wire wire : seat.wire()) {
        if (wire instanceof Wire.Entry sent) {
          Place place = new Place(seat.room(), sent.entry().position());
          note(bodies, place, sent.entry(), seat.name(), findings);
        }
      }
      for (Seen seen : seat.seen()) {
        if (seen instanceof Seen.Message message) {
          Place place = new Place(seat.room(), message.position());
          note(contents, place, message.content(), seat.name(), findings);
        }
      }
    }
  }

  private static void note(
      Map<Place, Object> known, Place place, Object what, String where, Findings findings) {
    Object before = known.putIfAbsent(place, what);
    if (before != null && !before.equals(what)) {
      findings.add(
          Flaw.TWO_CONTENTS,
          place.position()
              + " of "
              + place.room()
              + ": "
              + where
              + " has "
              + what
              + ", not "
              + before);
    }
  }
}
