package dev.zamok.load.traffic;

import dev.zamok.client.authority.SessionApi;
import dev.zamok.client.room.HistoryView;
import dev.zamok.load.audit.RoomHistory;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the whole history of a room twice: raw, as the authority serves it, and opened by the
 * client library. Blocks.
 */
final class HistoryProbe {
  private final Member reader;
  private final SessionApi raw;

  /** Logs in anew as {@code reader}. */
  HistoryProbe(Member reader) {
    this.reader = reader;
    raw = new RawSession(reader.login()).api();
  }

  RoomHistory read(RoomId room) {
    // What is opened is read first: history only grows.
    Map<Position, String> contents = opened(room);
    List<Entry> entries =
        Waiting.get(HistoryPages.after(raw, room, Position.ZERO), Member.ANSWER_MAX);
    return HistoryPages.history(
        room, entries, entry -> contents.getOrDefault(entry.position(), ""));
  }

  private Map<Position, String> opened(RoomId room) {
    Map<Position, String> contents = new HashMap<>();
    Position before = null;
    do {
      HistoryView page =
          Waiting.get(
              before == null
                  ? reader.room(room).history(SessionApi.HISTORY_PER_PAGE_MAX)
                  : reader.room(room).history(before, SessionApi.HISTORY_PER_PAGE_MAX),
              Member.ANSWER_MAX);
      page.messages()
          .forEach(
              message -> contents.put(message.position(), SeatRecorder.words(message.content())));
      before = page.before();
    } while (!before.equals(Position.ZERO));
    return contents;
  }
}
