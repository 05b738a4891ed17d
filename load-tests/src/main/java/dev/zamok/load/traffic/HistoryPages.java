package dev.zamok.load.traffic;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.authority.SessionApi;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.crypto.epoch.RekeyKind;
import dev.zamok.load.audit.HistoryEntry;
import dev.zamok.load.audit.LogEntry;
import dev.zamok.load.audit.RoomHistory;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The history of a room as the authority serves it, and as the audit takes it. */
public final class HistoryPages {
  private HistoryPages() {}

  /** All entries after {@code after}, oldest first; does not block. */
  public static CompletableFuture<List<Entry>> after(SessionApi api, RoomId room, Position after) {
    return next(api, room, after, new ArrayList<>());
  }

  private static CompletableFuture<List<Entry>> next(
      SessionApi api, RoomId room, Position after, List<Entry> read) {
    return api.historyAfter(room, after, SessionApi.HISTORY_PER_PAGE_MAX)
        .thenCompose(
            page -> {
              read.addAll(page.entries());
              return isLast(page)
                  ? CompletableFuture.completedFuture(read)
                  : next(api, room, read.get(read.size() - 1).position(), read);
            });
  }

  private static boolean isLast(Answers.HistoryPage page) {
    return !page.more() || page.entries().isEmpty();
  }

  /**
   * For the audit.
   *
   * @param words of a message
   */
  public static RoomHistory history(
      RoomId room, List<Entry> entries, Function<Entry, String> words) {
    return new RoomHistory(
        room,
        entries.stream()
            .map(
                entry ->
                    new HistoryEntry(
                        logged(entry),
                        entry.kind() == EntryKind.MESSAGE ? words.apply(entry) : "",
                        evicted(entry),
                        accepts(entry)))
            .toList());
  }

  public static LogEntry logged(Entry entry) {
    return new LogEntry(
        entry.position(),
        entry.previous(),
        entry.kind(),
        entry.tag(),
        entry.epoch(),
        entry.id(),
        Hash.of(entry.body()).bytes().reader().u64());
  }

  private static MemberTag evicted(Entry entry) {
    return entry.kind() == EntryKind.EVICT ? MemberTag.read(entry.body().reader()) : MemberTag.NONE;
  }

  /** A timed reset accepts the epoch before for a while; a CLOSE ends that. */
  private static int accepts(Entry entry) {
    return switch (entry.kind()) {
      case REKEY ->
          Rekey.parse(entry.body()).terms().kind() == RekeyKind.TIMED_RESET
              ? entry.epoch() - 1
              : entry.epoch();
      case CLOSE -> entry.epoch();
      case MESSAGE, ANNOUNCE, EVICT, MEMBER, ITEM -> 0;
    };
  }
}
