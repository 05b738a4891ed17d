package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.sqlite.Schema;
import dev.zamok.roomlog.sqlite.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables, and every statement that writes them.
 *
 * <pre>
 * log          one row: generation, counter, time, lease, restoring. counter and time are at least
 *              those of every chunk that was deleted; the chunks know the rest. restoring: the
 *              generation in which a restore began that is not ended, or 0
 * log_room     what entries alone cannot tell: epochs, floor, archived, the newest rekey (a chunk of
 *              one entry, null if there never was one). head is at least the last trimmed entry.
 *              Written when these change, not for every message
 * log_admitted the lowest member version admitted of each tag that was ever evicted
 * log_chunk    runs of entries as {@link ChunkCodec} has them, by the counter of the first: the entry
 *              n is in the chunk with the greatest first ≤ n
 * </pre>
 *
 * Positions are stored packed, as a signed number: for keeping, not for ordering. Counters alone
 * order the chunks, since they never restart.
 */
final class Tables {
  static final Schema SCHEMA =
      new Schema(
          "log",
          List.of(
              List.of(
                  """
                  CREATE TABLE log (
                    one INTEGER PRIMARY KEY CHECK (one = 1),
                    generation INTEGER NOT NULL,
                    counter INTEGER NOT NULL,
                    time INTEGER NOT NULL,
                    lease INTEGER NOT NULL
                  ) STRICT""",
                  "INSERT INTO log VALUES (1, 0, 0, 0, 0)",
                  """
                  CREATE TABLE log_room (
                    room BLOB PRIMARY KEY,
                    head INTEGER NOT NULL,
                    epoch INTEGER NOT NULL,
                    min_epoch INTEGER NOT NULL,
                    floor INTEGER NOT NULL,
                    archived INTEGER NOT NULL,
                    lost_epoch INTEGER NOT NULL,
                    rekey BLOB
                  ) STRICT, WITHOUT ROWID""",
                  """
                  CREATE TABLE log_admitted (
                    room BLOB NOT NULL,
                    tag BLOB NOT NULL,
                    below INTEGER NOT NULL,
                    PRIMARY KEY (room, tag)
                  ) STRICT, WITHOUT ROWID""",
                  """
                  CREATE TABLE log_chunk (
                    first INTEGER PRIMARY KEY,
                    entries BLOB NOT NULL
                  ) STRICT"""),
              List.of("ALTER TABLE log ADD COLUMN restoring INTEGER NOT NULL DEFAULT 0")));

  private Tables() {}

  /** Writes the draft; yields its entries as they were stored. */
  static List<Chunk> write(Session session, Draft draft, int chunkBytesMax) {
    if (draft.logChanged()) {
      session.update(
          "UPDATE log SET generation = ?, counter = ?, lease = ?, restoring = ?",
          draft.generation(),
          draft.counter(),
          draft.lease(),
          draft.restoring());
    }
    for (DraftRoom room : draft.rooms()) {
      if (room.rowDue()) {
        writeRoom(session, room);
      }
    }
    List<Chunk> chunks = new ArrayList<>();
    List<Entry> run = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : draft.entries()) {
      run.add(entry);
      bytes += Room.bytes(entry);
      if (bytes >= chunkBytesMax) {
        chunks.add(insert(session, run));
        run = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!run.isEmpty()) {
      chunks.add(insert(session, run));
    }
    return chunks;
  }

  private static Chunk insert(Session session, List<Entry> run) {
    byte[] encoded = ChunkCodec.encode(run);
    // From here on bodies are views into this one array: what callers gave may be larger buffers.
    Chunk chunk = Chunk.over(encoded, run);
    session.update("INSERT INTO log_chunk (first, entries) VALUES (?, ?)", chunk.first(), encoded);
    return chunk;
  }

  private static void writeRoom(Session session, DraftRoom room) {
    RoomState state = room.state();
    Entry newest = room.rekeys().newest();
    session.update(
        "INSERT OR REPLACE INTO log_room"
            + " (room, head, epoch, min_epoch, floor, archived, lost_epoch, rekey)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        room.id.toBytes(),
        state.head().packed(),
        state.epoch(),
        state.minEpoch(),
        state.floor().packed(),
        state.archived().packed(),
        room.rekeys().lostEpoch(),
        newest == null ? null : ChunkCodec.encode(List.of(newest)));
    for (MemberTag tag : room.evicted()) {
      session.update(
          "INSERT OR REPLACE INTO log_admitted (room, tag, below) VALUES (?, ?, ?)",
          room.id.toBytes(),
          tag.toBytes(),
          state.admitted().get(tag));
    }
  }

  /** The chunk that holds {@code counter}, if any does. */
  static Optional<Chunk> chunkOf(Session session, long counter) {
    return session.first(
        "SELECT first, entries FROM log_chunk WHERE first <= ? ORDER BY first DESC LIMIT 1",
        row -> Chunk.decode(row.getLong(1), row.getBytes(2)),
        counter);
  }

  /** Deletes a chunk of which nothing is left; {@link #keepCounter} must go with it. */
  static void delete(Session session, long first) {
    session.update("DELETE FROM log_chunk WHERE first = ?", first);
  }

  static void rewrite(Session session, long first, byte[] encoded) {
    session.update("UPDATE log_chunk SET entries = ? WHERE first = ?", encoded, first);
  }

  /** So that the counter never restarts and time never falls though the chunks are gone. */
  static void keepCounter(Session session, long counter, long timeMillis) {
    session.update("UPDATE log SET counter = ?, time = ?", counter, timeMillis);
  }
}
