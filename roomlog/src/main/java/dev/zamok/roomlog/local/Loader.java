package dev.zamok.roomlog.local;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomState;
import dev.zamok.roomlog.sqlite.DatabaseProblem;
import dev.zamok.roomlog.sqlite.Row;
import dev.zamok.roomlog.sqlite.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the log: raises the generation and reads everything once, one chunk at a time.
 *
 * <p>Fails with {@link DatabaseProblem} when the rows contradict each other; nothing is repaired.
 */
final class Loader {
  private final Session session;
  private final Committed committed;
  private final Map<RoomId, Map<MemberTag, Integer>> admitted = new HashMap<>();
  private long counter;
  private long timeMillis;

  private record Log(int generation, long counter, long timeMillis, long lease, int restoring) {}

  private Loader(Session session, Committed committed) {
    this.session = session;
    this.committed = committed;
  }

  static Committed load(Session session, Limits limits, long seed) {
    // Writing first: on a full disk this fails before everything was read in vain.
    session.update("UPDATE log SET generation = generation + 1");
    Log log =
        session
            .first(
                "SELECT generation, counter, time, lease, restoring FROM log",
                row ->
                    new Log(
                        row.getInt(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getInt(5)))
            .orElseThrow(() -> damaged("its only row in the table log is missing"));
    if (log.generation() > Position.GENERATION_MAX) {
      throw new DatabaseProblem(
          DatabaseProblem.Kind.OTHER, "the log was opened too often: its generations are used up");
    }
    Committed committed = new Committed(log.generation(), limits, seed);
    try {
      new Loader(session, committed).load(log);
    } catch (MalformedException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
    return committed;
  }

  private void load(Log log) {
    counter = log.counter();
    timeMillis = log.timeMillis();
    session.each(
        "SELECT room, tag, below FROM log_admitted",
        row ->
            admitted
                .computeIfAbsent(RoomId.of(Bytes.wrap(row.getBytes(1))), r -> new HashMap<>())
                .put(MemberTag.of(Bytes.wrap(row.getBytes(2))), row.getInt(3)));
    session.each(
        "SELECT room, head, epoch, min_epoch, floor, archived, lost_epoch, rekey FROM log_room",
        this::room);
    session.each(
        "SELECT first, entries FROM log_chunk ORDER BY first",
        row -> chunk(Chunk.decode(row.getLong(1), row.getBytes(2))));
    committed.found(counter, timeMillis, log.lease(), log.restoring());
  }

  private void room(Row row) {
    RoomId id = RoomId.of(Bytes.wrap(row.getBytes(1)));
    RoomState state =
        new RoomState(
            new Position(row.getLong(2)),
            row.getInt(3),
            row.getInt(4),
            new Position(row.getLong(5)),
            new Position(row.getLong(6)),
            admitted.getOrDefault(id, Map.of()));
    Rekeys rekeys = new Rekeys(rekey(row.getBytesOrNull(8)), List.of(), row.getInt(7));
    committed.found(new Room(id, committed.seed(), state, rekeys));
    counter = Math.max(counter, state.head().counter());
  }

  private static @Nullable Entry rekey(byte @Nullable [] encoded) {
    return encoded == null ? null : ChunkCodec.decode(Bytes.wrap(encoded)).get(0);
  }

  private void chunk(Chunk chunk) {
    int live = 0;
    for (Entry entry : chunk.entries()) {
      Room room = committed.find(entry.room());
      if (room == null || entry.position().counter() < chunk.first()) {
        throw damaged("an entry of the log belongs to nothing");
      }
      counter = Math.max(counter, entry.position().counter());
      timeMillis = Math.max(timeMillis, entry.timeMillis());
      RoomState state = room.state();
      if (entry.position().isAfter(state.floor())) {
        room.found(entry);
        live += Room.bytes(entry);
        committed.count(Room.bytes(entry), entry.position().isAfter(state.archived()));
      }
    }
    committed.ledger().add(chunk.first(), chunk.size(), live);
  }

  private static DatabaseProblem damaged(String what) {
    return new DatabaseProblem(
        DatabaseProblem.Kind.DAMAGED,
        "the room log in the database is damaged (" + what + "): restore a backup");
  }
}
