package dev.zamok.load.audit;

import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each client's user was shown, against history. */
final class DeliveryCheck implements Check {
  @Override
  public void run(Recording recording, Findings findings) {
    for (Seat seat : recording.seats()) {
      RoomHistory history = recording.history(seat.room());
      Shown shown = new Shown(seat, history, recording.lossless(), findings);
      seat.seen().forEach(seen -> seen.accept(shown));
      shown.end();
    }
  }

  /** Where the client's own time in the room begins, or null when it never joined. */
  static @Nullable Position start(Seat seat) {
    for (Wire wire : seat.wire()) {
      if (wire instanceof Wire.Joined joined) {
        Position after = joined.after();
        return after == null ? joined.head() : after;
      }
    }
    return null;
  }

  private record Key(MemberTag tag, MessageId id) {}

  private record Range(Position from, Position to) {}

  /** One client in one room. */
  private static final class Shown implements Seen.Visitor<Boolean> {
    private final Seat seat;
    private final RoomHistory history;
    private final boolean lossless;
    private final Findings findings;
    private final NavigableMap<Position, Seen.Message> has = new TreeMap<>();
    private final Map<Key, Position> ids = new HashMap<>();
    private final Set<Range> open = new HashSet<>();
    private final boolean removed;

    Shown(Seat seat, RoomHistory history, boolean lossless, Findings findings) {
      this.seat = seat;
      this.history = history;
      this.lossless = lossless;
      this.findings = findings;
      this.removed = history.eviction(seat.tag()) != null;
    }

    private void add(Flaw flaw, String what) {
      findings.add(flaw, seat.name() + ": " + what);
    }

    @Override
    public Boolean message(Seen.Message message) {
      findings.counted().delivered++;
      Position position = message.position();
      if (has.containsKey(position)
          || ids.putIfAbsent(new Key(message.tag(), message.id()), position) != null) {
        add(Flaw.DOUBLED, "was shown \"" + message.content() + "\" twice");
      } else if (!has.isEmpty() && has.lastKey().isAfter(position)) {
        add(Flaw.OUT_OF_ORDER, "was shown " + position + " after " + has.lastKey());
      }
      return has.put(position, message) == null;
    }

    @Override
    public Boolean missing(Seen.Missing missing) {
      findings.counted().gapsTold++;
      return open.add(new Range(missing.from(), missing.to()));
    }

    @Override
    public Boolean repaired(Seen.Repaired repaired) {
      return open.remove(new Range(repaired.from(), repaired.to()));
    }

    @Override
    public Boolean withdrawn(Seen.Withdrawn withdrawn) {
      for (Position position : withdrawn.positions()) {
        Seen.Message message = has.remove(position);
        if (message != null) {
          findings.counted().withdrawn++;
          ids.remove(new Key(message.tag(), message.id()));
          if (lossless) {
            add(Flaw.PHANTOM, position + " was shown and taken back");
          }
        }
      }
      return true;
    }

    @Override
    public Boolean warned(Seen.Warned warned) {
      if (!removed && warned.kind() == Seen.Warning.ALARM) {
        add(Flaw.ALARM, warned.text() + " (" + warned.position() + ")");
      } else if (!removed && warned.kind() == Seen.Warning.INCOMPLETE) {
        add(Flaw.NOT_REPAIRED, warned.text());
      }
      return true;
    }

    void end() {
      for (Seen.Message message : has.values()) {
        if (history.at(message.position()) == null) {
          add(
              Flaw.PHANTOM,
              "\"" + message.content() + "\" at " + message.position() + " is not in history");
        }
      }
      Position start = start(seat);
      if (start == null) {
        return;
      }
      // Who is out may have missed the last of his time, but nothing in its middle.
      Position end = removed ? (has.isEmpty() ? start : has.lastKey()) : null;
      for (HistoryEntry entry : history.after(start)) {
        Position position = entry.entry().position();
        boolean his = end == null || !position.isAfter(end);
        if (his && entry.entry().kind() == EntryKind.MESSAGE && !has.containsKey(position)) {
          boolean told = open.stream().anyMatch(r -> within(position, r));
          add(
              told ? Flaw.NOT_REPAIRED : Flaw.NEVER_DELIVERED,
              "\"" + entry.content() + "\" at " + position);
        }
      }
    }

    private static boolean within(Position position, Range range) {
      return position.isAfter(range.from()) && !position.isAfter(range.to());
    }
  }
}
