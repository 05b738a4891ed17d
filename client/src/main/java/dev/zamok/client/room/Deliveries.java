package dev.zamok.client.room;

import dev.zamok.client.loop.Loop;
import dev.zamok.client.profile.RoomPins;
import dev.zamok.client.room.RoomWarning.Kind;
import dev.zamok.crypto.message.EnvelopeKind;
import dev.zamok.crypto.message.SequenceTracker;
import dev.zamok.crypto.message.SequenceTracker.Verdict;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.time.Duration;
import java.util.List;

/**
 * What was delivered of one room: no message twice, and whoever's numbers have a hole is named.
 * Only what verified is remembered, or garbage under the id of a message would keep it out.
 *
 * <p>Across runs the highest number of each sender counts: what comes after the position of the
 * last run must be newer. Whoever reads again what is before it, hears it again. Belongs to the
 * client's loop.
 */
final class Deliveries {
  /**
   * How long missing numbers may be late: a message that was refused, or whose hub went away, is
   * sent again and arrives behind those that were under way with it.
   */
  static final Duration HOLE_PATIENCE = Duration.ofSeconds(30);

  /** Holes that may be filled yet; one more is told at once. */
  static final int HOLES_OPEN_MAX = 64;

  private final Loop loop;
  private final RoomEvents events;
  private final SequenceTracker sequences;
  private final RoomPins pins;
  private final Remembered remembered = new Remembered();
  private final Position before;
  private boolean resumed;
  private int holesOpen;

  Deliveries(Loop loop, RoomEvents events, SequenceTracker sequences, RoomPins pins) {
    this.loop = loop;
    this.events = events;
    this.sequences = sequences;
    this.pins = pins;
    this.before = pins.position();
  }

  /** From now on only what is newer than what earlier runs heard. */
  void resume() {
    if (!resumed) {
      resumed = true;
      pins.heard()
          .forEach(
              (sender, highest) ->
                  sequences.resume(sender.author(), sender.device(), sender.kind(), highest));
    }
  }

  /** Whether the message of that entry was delivered, and not withdrawn since. */
  boolean isDelivered(Entry entry) {
    return remembered.has(entry.tag(), entry.id());
  }

  void withdraw(List<Position> positions) {
    remembered.withdraw(positions);
  }

  void deliver(Entry entry, Opener.Opened opened) {
    RoomWarning warning = opened.warning();
    RoomMessage message = opened.message();
    if (warning != null) {
      events.warning(warning);
    }
    if (message == null) {
      return;
    }
    if (entry.position().isAfter(before)) {
      resume();
    }
    boolean comesBack = remembered.comesBack(entry.tag(), entry.id());
    remembered.note(entry.tag(), entry.id(), entry.position());
    RoomPins.Sender sender =
        new RoomPins.Sender(message.author().fingerprint(), message.device(), EnvelopeKind.MESSAGE);
    long last = highest(sender);
    Verdict verdict =
        sequences.note(sender.author(), sender.device(), sender.kind(), message.seq());
    if (verdict == Verdict.REPEATED && !comesBack) {
      events.warning(Kind.REFUSED, entry.position(), "a message that was sent before");
      return;
    }
    pins.noteHeard(sender, highest(sender));
    if (verdict == Verdict.FRESH_AFTER_HOLE) {
      hole(entry.position(), message, sender, last + 1);
    }
    events.message(message);
  }

  private long highest(RoomPins.Sender sender) {
    return sequences.highest(sender.author(), sender.device(), sender.kind());
  }

  private void hole(Position at, RoomMessage message, RoomPins.Sender sender, long from) {
    if (holesOpen >= HOLES_OPEN_MAX) {
      tell(at, message);
      return;
    }
    holesOpen++;
    loop.after(
        HOLE_PATIENCE,
        () -> {
          holesOpen--;
          long to = message.seq() - 1;
          if (sequences.isMissing(sender.author(), sender.device(), sender.kind(), from, to)) {
            tell(at, message);
          }
        });
  }

  private void tell(Position at, RoomMessage message) {
    String text = "messages of " + message.author().login() + " are missing before this one";
    events.warning(Kind.HOLE, at, text);
  }
}
