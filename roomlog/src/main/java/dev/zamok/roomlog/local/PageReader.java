package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.sqlite.Database;
import dev.zamok.roomlog.sqlite.Session;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries: from memory when all are there, otherwise from the chunks. Thread-safe. */
final class PageReader {
  private final Database database;

  PageReader(Database database) {
    this.database = database;
  }

  Future<Page> page(Committed committed, Room room, Position after, int entriesMax, int bytesMax) {
    Room.Slice slice = room.slice(after, entriesMax);
    List<Entry> hot = hot(committed.hot(), slice.positions(), bytesMax);
    return hot != null
        ? Future.succeededFuture(page(slice, slice.state(), after, hot))
        : database.read(
            session -> {
              List<Entry> read = read(session, committed.hot(), room, slice.positions(), bytesMax);
              return page(slice, room.state(), after, read);
            });
  }

  /** The entries at these positions, as far as they are still in the log. */
  Future<List<Entry>> entries(Committed committed, Room room, List<Position> positions) {
    List<Entry> hot = hot(committed.hot(), positions, Integer.MAX_VALUE);
    return hot != null
        ? Future.succeededFuture(hot)
        : database.read(
            session -> read(session, committed.hot(), room, positions, Integer.MAX_VALUE));
  }

  /**
   * @param now may be newer than the slice: then the floor may have risen above the page's start
   */
  private static Page page(Room.Slice slice, RoomState now, Position after, List<Entry> entries) {
    List<Position> wanted = slice.positions();
    boolean more = slice.more();
    if (!wanted.isEmpty()) {
      Position last = wanted.get(wanted.size() - 1);
      boolean cut =
          entries.isEmpty()
              ? last.isAfter(now.floor())
              : last.isAfter(entries.get(entries.size() - 1).position());
      more = more || cut;
    }
    return new Page(
        entries,
        slice.complete() && !now.floor().isAfter(after),
        after.isAfter(slice.state().head()),
        more,
        slice.state().head(),
        now.floor());
  }

  private static @Nullable List<Entry> hot(HotChunks hot, List<Position> positions, int bytesMax) {
    List<Entry> entries = new ArrayList<>(positions.size());
    long bytes = 0;
    for (Position position : positions) {
      Entry entry = hot.find(position.counter());
      if (entry == null) {
        return null;
      }
      bytes += entry.body().size();
      if (bytes > bytesMax && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  /** On a reader's thread. Leaves out what was trimmed meanwhile. */
  private static List<Entry> read(
      Session session, HotChunks hot, Room room, List<Position> positions, int bytesMax) {
    List<Entry> entries = new ArrayList<>(positions.size());
    Chunk chunk = null;
    long bytes = 0;
    for (Position position : positions) {
      Entry entry = hot.find(position.counter());
      if (entry == null && chunk != null) {
        entry = chunk.find(position.counter());
      }
      if (entry == null) {
        chunk = load(session, position);
        entry = chunk == null ? null : chunk.find(position.counter());
      }
      if (entry == null) {
        // The floor rises in memory before a chunk goes, so this tells trimmed from damaged.
        if (position.isAfter(room.state().floor())) {
          throw new Unavailable("an entry is missing from the log: " + position, false);
        }
        continue;
      }
      bytes += entry.body().size();
      if (bytes > bytesMax && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private static @Nullable Chunk load(Session session, Position position) {
    try {
      Optional<Chunk> chunk = Tables.chunkOf(session, position.counter());
      return chunk.orElse(null);
    } catch (MalformedException e) {
      throw new Unavailable("a chunk of the log is damaged", false, e);
    }
  }
}
