package dev.zamok.load.socket;

import dev.zamok.load.audit.Seen;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows its user of one room, in order (PROTOCOL.md §5): nothing twice, and nothing
 * past a gap before the gap is repaired. Not thread-safe: the owner locks.
 */
final class Line {
  private final Repair repair;
  private final Object lock;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Entry> held = new ArrayList<>();
  private @Nullable Position last;
  private boolean repairing;
  private int epoch;

  /** To here the hub said that something is missing. */
  private Position wanted = Position.ZERO;

  /**
   * @param lock of the owner, for what comes back from {@code repair}
   */
  Line(Repair repair, Object lock, int epoch) {
    this.repair = repair;
    this.lock = lock;
    this.epoch = epoch;
  }

  /** Up to here all is shown; null before the room is joined. */
  @Nullable Position last() {
    return last;
  }

  int epoch() {
    return epoch;
  }

  boolean isRepairing() {
    return repairing;
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  void joined(Position head, boolean complete, int current) {
    epoch = Math.max(epoch, current);
    Position before = last;
    if (before == null) {
      last = head;
    } else if (!complete && head.isAfter(before)) {
      gap(head);
    }
  }

  void entry(Entry entry) {
    Position before = last;
    noteEpoch(entry);
    if (repairing) {
      held.add(entry);
    } else if (before != null && entry.position().isAfter(before)) {
      if (entry.previous().isAfter(before)) {
        held.add(entry);
        gap(entry.previous());
      } else if (entry.previous().equals(before)) {
        show(entry);
      } else {
        String what = "the log has forked before " + entry.position();
        seen.add(new Seen.Warned(Seen.Warning.ALARM, entry.position(), what));
      }
    }
  }

  /** All up to {@code to} is missing. */
  void gap(Position to) {
    wanted = to.isAfter(wanted) ? to : wanted;
    Position from = last;
    if (from == null || repairing || !to.isAfter(from)) {
      return;
    }
    repairing = true;
    seen.add(new Seen.Missing(from, to));
    var unused =
        repair
            .fetch(from, to)
            .whenComplete(
                (entries, failure) -> {
                  synchronized (lock) {
                    if (failure == null) {
                      repaired(entries, from, to);
                    } else {
                      String what = "history did not repair it: " + failure;
                      seen.add(new Seen.Warned(Seen.Warning.INCOMPLETE, to, what));
                    }
                  }
                });
  }

  private void repaired(List<Entry> entries, Position from, Position to) {
    entries.forEach(this::show);
    last = to;
    seen.add(new Seen.Repaired(from, to));
    repairing = false;
    List<Entry> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(this::entry);
    gap(wanted);
  }

  private void noteEpoch(Entry entry) {
    if (entry.kind() == EntryKind.REKEY) {
      epoch = Math.max(epoch, entry.epoch());
    }
  }

  private void show(Entry entry) {
    noteEpoch(entry);
    last = entry.position();
    if (entry.kind() == EntryKind.MESSAGE) {
      seen.add(
          new Seen.Message(
              entry.position(), entry.tag(), entry.id(), Envelope.words(entry.body())));
    }
  }
}
