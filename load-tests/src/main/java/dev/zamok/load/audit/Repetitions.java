package dev.zamok.load.audit;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries that repeat an earlier one: a message that was sent again under its id after the log had
 * trimmed it takes a second position. Receivers drop it and history hides it; that it is not there
 * is no flaw, as long as the earlier one is.
 */
final class Repetitions {
  private record Place(RoomId room, Position position) {}

  private record Key(RoomId room, MemberTag tag, MessageId id) {}

  private final Map<Place, LogEntry> entries = new HashMap<>();

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
            repetitions.entries.put(new Place(seat.room(), entry.position()), entry);
          }
        }
      }
    }
    return repetitions;
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
