package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entries that repeat an earlier one: a message that was sent again under its id after the log had
 * trimmed it, or lost it in a run that may lose something, takes a second position. Receivers drop
 * it and history hides it; that it is not there is no flaw, as long as the earlier one is.
 *
 * <p>Where the earlier one was still in the log, {@link #known} says so: the log forgot an id.
 */
final class Repetitions {
  private record Place(RoomId room, Position position) {}

  private record Key(RoomId room, MemberTag tag, MessageId id) {}

  private final Map<Place, LogEntry> entries = new HashMap<>();
  private final Set<Place> known = new LinkedHashSet<>();

  static Repetitions of(Recording recording) {
    Map<Key, Position> first = new HashMap<>();
    for (RoomHistory history : recording.histories().values()) {
      for (HistoryEntry read : history.entries()) {
        LogEntry entry = read.entry();
        first.putIfAbsent(new Key(history.room(), entry.tag(), entry.id()), entry.position());
      }
    }
    Repetitions repetitions = new Repetitions();
    for (Seat seat : recording.seats()) {
      for (Wire wire : seat.wire()) {
        if (wire instanceof Wire.Entry sent) {
          LogEntry entry = sent.entry();
          Position earlier = first.get(new Key(seat.room(), entry.tag(), entry.id()));
          if (earlier != null && entry.position().isAfter(earlier)) {
            repetitions.add(recording, seat.room(), earlier, entry);
          }
        }
      }
    }
    return repetitions;
  }

  private void add(Recording recording, RoomId room, Position earlier, LogEntry entry) {
    Place place = new Place(room, entry.position());
    boolean gone =
        !recording.lossless()
            || recording.history(room).countBetween(earlier, entry.position()) >= recording.kept();
    if (gone) {
      entries.put(place, entry);
    } else {
      known.add(place);
    }
  }

  /** Where an id was taken again that the log had. */
  Map<RoomId, List<Position>> known() {
    Map<RoomId, List<Position>> found = new LinkedHashMap<>();
    known.forEach(
        place -> found.computeIfAbsent(place.room(), r -> new ArrayList<>()).add(place.position()));
    return found;
  }

  boolean isAt(RoomId room, Position position) {
    return entries.containsKey(new Place(room, position));
  }

  /** Whether what stands there repeats this entry. */
  boolean isOf(RoomId room, Position position, LogEntry original) {
    LogEntry entry = entries.get(new Place(room, position));
    return entry != null && entry.tag().equals(original.tag()) && entry.id().equals(original.id());
  }

  /** That position, or the last one before it that is no repetition. */
  Position original(RoomId room, Position position) {
    Position at = position;
    LogEntry entry;
    while ((entry = entries.get(new Place(room, at))) != null) {
      at = entry.previous();
    }
    return at;
  }
}
