package dev.zamok.app.chat;

import dev.zamok.app.chat.show.JsonLines;
import dev.zamok.app.chat.show.RoomLabel;
import dev.zamok.app.chat.show.Transcript;
import dev.zamok.client.room.RoomMessage;
import dev.zamok.client.room.RoomSignal;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.protocol.Position;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** What happens in rooms, put into lines: for people or for programs. Thread-safe. */
interface Output {
  void message(RoomLabel room, RoomMessage message);

  void signal(RoomLabel room, RoomSignal signal);

  void membership(RoomLabel room, List<String> changes);

  void gap(RoomLabel room, Position from, Position to);

  void repaired(RoomLabel room, Position from, Position to);

  void withdrawn(RoomLabel room, List<Position> positions);

  void warning(RoomLabel room, RoomWarning warning);

  void state(RoomLabel room, RoomState state);

  /** One JSON object a line. */
  record Json(Consumer<String> lines) implements Output {
    @Override
    public void message(RoomLabel room, RoomMessage message) {
      lines.accept(JsonLines.message(room, message));
    }

    @Override
    public void signal(RoomLabel room, RoomSignal signal) {
      lines.accept(JsonLines.signal(room, signal));
    }

    @Override
    public void membership(RoomLabel room, List<String> changes) {
      lines.accept(JsonLines.membership(room, changes));
    }

    @Override
    public void gap(RoomLabel room, Position from, Position to) {
      lines.accept(JsonLines.gap(room, from, to));
    }

    @Override
    public void repaired(RoomLabel room, Position from, Position to) {
      lines.accept(JsonLines.repaired(room, from, to));
    }

    @Override
    public void withdrawn(RoomLabel room, List<Position> positions) {
      lines.accept(JsonLines.withdrawn(room, positions));
    }

    @Override
    public void warning(RoomLabel room, RoomWarning warning) {
      lines.accept(JsonLines.warning(room, warning));
    }

    @Override
    public void state(RoomLabel room, RoomState state) {
      lines.accept(JsonLines.state(room, state));
    }
  }

  /**
   * For people.
   *
   * @param loud takes what must not be overlooked
   */
  record Words(Consumer<String> lines, Consumer<String> loud, Clock clock, ZoneId zone)
      implements Output {
    @Override
    public void message(RoomLabel room, RoomMessage message) {
      LocalDate today = LocalDate.now(clock.withZone(zone));
      new Transcript(zone).message(room, message, today).ifPresent(lines);
    }

    /** Typing is not worth a line. */
    @Override
    public void signal(RoomLabel room, RoomSignal signal) {}

    @Override
    public void membership(RoomLabel room, List<String> changes) {
      changes.forEach(change -> lines.accept(Transcript.membership(room, change)));
    }

    @Override
    public void gap(RoomLabel room, Position from, Position to) {
      lines.accept(Transcript.gap(room));
    }

    @Override
    public void repaired(RoomLabel room, Position from, Position to) {
      lines.accept(Transcript.repaired(room));
    }

    @Override
    public void withdrawn(RoomLabel room, List<Position> positions) {
      loud.accept(Transcript.withdrawn(room, positions.size()));
    }

    @Override
    public void warning(RoomLabel room, RoomWarning warning) {
      (warning.isLoud() ? loud : lines).accept(Transcript.warning(room, warning));
    }

    @Override
    public void state(RoomLabel room, RoomState state) {
      (Transcript.isLoud(state) ? loud : lines).accept(Transcript.state(room, state));
    }
  }
}
