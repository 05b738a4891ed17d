package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.RoomState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is committed of one room. Changed by the writer's thread alone, under the monitor; read by
 * any thread under the monitor, which nobody holds for longer than a few look-ups.
 */
final class Room {
  static final RoomState EMPTY =
      new RoomState(Position.ZERO, 0, 0, Position.ZERO, Position.ZERO, Map.of());

  final RoomId id;
  private final long seed;
  private RoomState state;
  private Rekeys rekeys;

  /** Null while the log has no entry of the room: most rooms are idle. */
  private @Nullable EntryIndex index;

  private @Nullable IdTable ids;

  Room(RoomId id, long seed, RoomState state, Rekeys rekeys) {
    this.id = id;
    this.seed = seed;
    this.state = state;
    this.rekeys = rekeys;
  }

  /** What is said of a room without state. */
  static RuntimeException unknown(int restoring) {
    return restoring == 0
        ? new Rejection(ErrorCode.UNKNOWN_ROOM)
        : new Unavailable("rooms are still being given back to the log", false);
  }

  /** Takes the entries that left the log. */
  interface Released {
    void entry(Position position, int bytes, boolean unarchived);
  }

  /**
   * A run of positions.
   *
   * @param complete see {@link dev.zamok.roomlog.Page}
   */
  record Slice(RoomState state, List<Position> positions, boolean complete, boolean more) {}

  synchronized RoomState state() {
    return state;
  }

  synchronized Rekeys rekeys() {
    return rekeys;
  }

  /** The position of a known id. */
  synchronized @Nullable Position known(MemberTag tag, MessageId id) {
    long packed = ids == null ? 0 : ids.get(tag, id);
    return packed == 0 ? null : new Position(packed);
  }

  synchronized Slice slice(Position after, int max) {
    EntryIndex index = this.index;
    int count = index == null ? 0 : index.countUpTo(after);
    int size = index == null ? 0 : index.size();
    boolean there =
        after.equals(state.floor())
            || (index != null && count > 0 && index.position(count - 1).equals(after));
    boolean complete = there && !state.floor().isAfter(after);
    int taken = Math.min(max, size - count);
    Position[] positions = new Position[taken];
    for (int i = 0; i < taken && index != null; i++) {
      positions[i] = index.position(count + i);
    }
    return new Slice(state, List.of(positions), complete, count + taken < size);
  }

  /** The last entry in the log at {@code position} or before. */
  synchronized @Nullable Position lastUpTo(Position position) {
    int count = index == null ? 0 : index.countUpTo(position);
    return index == null || count == 0 ? null : index.position(count - 1);
  }

  /**
   * The last entry to leave when of those up to {@code old} only the newest stay; null when all do.
   */
  synchronized @Nullable Position cut(Position old, int entriesKept, long bytesKept) {
    EntryIndex index = this.index;
    if (index == null) {
      return null;
    }
    int end = index.countUpTo(old);
    int from = end;
    long bytes = 0;
    while (from > 0 && end - from < entriesKept) {
      bytes += index.bytes(from - 1);
      if (bytes > bytesKept) {
        break;
      }
      from--;
    }
    return from == 0 ? null : index.position(from - 1);
  }

  /** Bytes of the entries in the log that are after {@code from} and not after {@code to}. */
  synchronized long bytesBetween(Position from, Position to) {
    long bytes = 0;
    if (index != null) {
      int end = index.countUpTo(to);
      for (int i = index.countUpTo(from); i < end; i++) {
        bytes += index.bytes(i);
      }
    }
    return bytes;
  }

  /** Takes over what was committed; tells which entries the new floor put out of the log. */
  synchronized void commit(
      RoomState newState, Rekeys newRekeys, List<Entry> entries, Released released) {
    state = newState;
    rekeys = newRekeys;
    for (Entry entry : entries) {
      add(entry);
    }
    EntryIndex index = this.index;
    if (index == null || ids == null) {
      return;
    }
    int gone = index.countUpTo(newState.floor());
    if (gone == 0) {
      return;
    }
    for (int i = 0; i < gone; i++) {
      Position position = index.position(i);
      released.entry(position, index.bytes(i), position.isAfter(newState.archived()));
    }
    if (gone == index.size()) {
      this.index = null;
      ids = null;
    } else {
      index.dropFirst(gone);
      ids.removeUpTo(newState.floor().packed());
    }
  }

  /** While the log is read anew: an entry of a chunk, above the floor. */
  synchronized void found(Entry entry) {
    add(entry);
    if (entry.position().isAfter(state.head())) {
      state = Changes.head(state, entry.position());
    }
    if (entry.kind() == dev.zamok.protocol.EntryKind.REKEY) {
      rekeys = rekeys.found(entry);
    }
  }

  private void add(Entry entry) {
    if (index == null || ids == null) {
      index = new EntryIndex();
      ids = new IdTable(seed);
    }
    index.add(entry.position(), bytes(entry));
    ids.put(entry.tag(), entry.id(), entry.position().packed());
  }

  static int bytes(Entry entry) {
    return ChunkCodec.ENTRY_BYTES + entry.body().size();
  }
}
