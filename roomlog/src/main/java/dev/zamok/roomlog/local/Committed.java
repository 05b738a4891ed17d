package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RoomLog.Moved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The image in memory of what is committed: built from the database when the log opens, changed
 * after each commit by the writer's thread alone.
 *
 * <p>{@link #find}, {@link #restoring}, {@link #moved} and {@link #hot} may be used by any thread,
 * the rest by the writer's.
 */
final class Committed {
  private volatile int generation;
  private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();

  /** Rooms with entries by their last one; its own monitor. */
  private final TreeMap<Position, RoomId> heads = new TreeMap<>();

  private final HotChunks hot;
  private final ChunkLedger ledger = new ChunkLedger();
  private final long seed;
  private long counter;
  private long timeMillis;
  private long lease;
  private volatile int restoring;

  /**
   * Of the restore under way, those that were given back; in memory alone: a new one begins anew.
   */
  private final Set<RoomId> mended = ConcurrentHashMap.newKeySet();

  private long entries;
  private long backlogBytes;

  Committed(int generation, Limits limits, long seed) {
    this.generation = generation;
    this.hot = new HotChunks(limits.hotBytesMax());
    this.seed = seed;
  }

  int generation() {
    return generation;
  }

  long seed() {
    return seed;
  }

  long counter() {
    return counter;
  }

  long timeMillis() {
    return timeMillis;
  }

  long lease() {
    return lease;
  }

  /** See {@link dev.zamok.roomlog.RoomLog#restoring}. By any thread. */
  int restoring() {
    return restoring;
  }

  /** Whether a room may be used though others are still being given back. By any thread. */
  boolean isMended(RoomId id) {
    return mended.contains(id);
  }

  /** Entries in the log. */
  long entries() {
    return entries;
  }

  /** Bytes of the entries in the log that are not archived. */
  long backlogBytes() {
    return backlogBytes;
  }

  HotChunks hot() {
    return hot;
  }

  ChunkLedger ledger() {
    return ledger;
  }

  @Nullable Room find(RoomId id) {
    return rooms.get(id);
  }

  List<Moved> moved(Position after, int max) {
    List<Moved> moved = new ArrayList<>();
    synchronized (heads) {
      for (var head : heads.tailMap(after, false).entrySet()) {
        if (moved.size() == max) {
          break;
        }
        moved.add(new Moved(head.getValue(), head.getKey()));
      }
    }
    return moved;
  }

  /** Rooms that have or had entries. */
  int roomsEverUsed() {
    synchronized (heads) {
      return heads.size();
    }
  }

  /** While the log is read anew. */
  void found(Room room) {
    rooms.put(room.id, room);
  }

  /** While the log is read anew, after all rooms and entries. */
  void found(long counter, long timeMillis, long lease, int restoring) {
    this.counter = counter;
    this.timeMillis = timeMillis;
    this.lease = lease;
    this.restoring = restoring;
    for (Room room : rooms.values()) {
      moveHead(room.id, Position.ZERO, room.state().head());
    }
  }

  /** While the log is read anew. */
  void count(int entryBytes, boolean unarchived) {
    entries++;
    if (unarchived) {
      backlogBytes += entryBytes;
    }
  }

  /** Takes over what was committed; yields the new entries by room, in order. */
  Map<RoomId, List<Entry>> apply(Draft draft, List<Chunk> chunks) {
    generation = draft.generation();
    counter = draft.counter();
    timeMillis = draft.timeMillis();
    lease = draft.lease();
    if (draft.restoresAnew()) {
      mended.clear();
    }
    restoring = draft.restoring();
    Map<RoomId, List<Entry>> byRoom = byRoom(chunks);
    for (Chunk chunk : chunks) {
      int live = 0;
      for (Entry entry : chunk.entries()) {
        live += Room.bytes(entry);
        count(Room.bytes(entry), true);
      }
      ledger.add(chunk.first(), chunk.size(), live);
      hot.add(chunk);
    }
    for (DraftRoom drafted : draft.rooms()) {
      apply(drafted, byRoom.getOrDefault(drafted.id, List.of()));
    }
    // Whoever reads meanwhile must find a room that may be used as it is from now on.
    if (restoring != 0) {
      mended.addAll(draft.mended());
    } else if (!mended.isEmpty()) {
      // clear() walks the whole table, empty or not, and this is each commit
      mended.clear();
    }
    return byRoom;
  }

  private static Map<RoomId, List<Entry>> byRoom(List<Chunk> chunks) {
    Map<RoomId, List<Entry>> byRoom = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      for (Entry entry : chunk.entries()) {
        byRoom.computeIfAbsent(entry.room(), r -> new ArrayList<>()).add(entry);
      }
    }
    return byRoom;
  }

  private void apply(DraftRoom drafted, List<Entry> added) {
    Room room = drafted.base();
    if (room == null) {
      room = new Room(drafted.id, seed, Room.EMPTY, Rekeys.NONE);
    }
    Position oldHead = room.state().head();
    Position oldArchived = room.state().archived();
    Position archived = drafted.state().archived();
    // What was archived by this commit stops being backlog, whether or not it is trimmed with it.
    backlogBytes -= room.bytesBetween(oldArchived, archived);
    for (Entry entry : added) {
      if (!entry.position().isAfter(archived)) {
        backlogBytes -= Room.bytes(entry);
      }
    }
    room.commit(
        drafted.state(),
        drafted.rekeys(),
        added,
        (position, bytes, unarchived) -> {
          ledger.release(position.counter(), bytes);
          entries--;
          if (unarchived) {
            backlogBytes -= bytes;
          }
        });
    rooms.putIfAbsent(room.id, room);
    moveHead(room.id, oldHead, drafted.state().head());
  }

  private void moveHead(RoomId room, Position from, Position to) {
    if (!from.equals(to)) {
      synchronized (heads) {
        heads.remove(from);
        heads.put(to, room);
      }
    }
  }
}
