package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A room as the next commit would leave it. */
final class DraftRoom {
  final RoomId id;
  private final @Nullable Room base;
  private final Map<Known, Position> ids = new HashMap<>();
  private final List<Position> added = new ArrayList<>();
  private final List<MemberTag> evicted = new ArrayList<>();
  private RoomState state;
  private Rekeys rekeys;
  private boolean rowDue;

  private record Known(MemberTag tag, MessageId id) {}

  private DraftRoom(RoomId id, @Nullable Room base, RoomState state, Rekeys rekeys) {
    this.id = id;
    this.base = base;
    this.state = state;
    this.rekeys = rekeys;
  }

  static DraftRoom of(Room base) {
    return new DraftRoom(base.id, base, base.state(), base.rekeys());
  }

  static DraftRoom created(RoomId id) {
    DraftRoom room = new DraftRoom(id, null, Room.EMPTY, Rekeys.NONE);
    room.rowDue = true;
    return room;
  }

  static DraftRoom restored(RestoredRoom restored) {
    Rekeys rekeys = new Rekeys(restored.rekey(), List.of(), 0);
    DraftRoom room = new DraftRoom(restored.room(), null, restored.state(), rekeys);
    room.evicted.addAll(restored.admitted().keySet());
    room.rowDue = true;
    return room;
  }

  /** Takes what is newer in the store; yields whether anything is. */
  boolean bringForward(RestoredRoom known) {
    RoomState before = state;
    Entry rekey = known.rekey();
    if (rekey != null && known.epoch() > state.epoch()) {
      rekeys = rekeys.replaced(rekey);
    }
    known
        .admitted()
        .forEach(
            (tag, below) -> {
              if (below > state.admitted().getOrDefault(tag, 0)) {
                evict(tag, below);
              }
            });
    state = Changes.forward(state, known);
    if (state.floor().isAfter(before.floor())) {
      rekeys = rekeys.trimmed(state.floor());
    }
    boolean changed = !state.equals(before);
    rowDue |= changed;
    return changed;
  }

  @Nullable Room base() {
    return base;
  }

  RoomState state() {
    return state;
  }

  Rekeys rekeys() {
    return rekeys;
  }

  /** Whether more changed than entries can tell when the log is read anew. */
  boolean rowDue() {
    return rowDue;
  }

  /** The tags whose lowest admitted version changed. */
  List<MemberTag> evicted() {
    return evicted;
  }

  @Nullable Position known(MemberTag tag, MessageId id) {
    Position position = ids.get(new Known(tag, id));
    if (position == null && base != null) {
      position = base.known(tag, id);
    }
    return position != null && position.isAfter(state.floor()) ? position : null;
  }

  void add(Entry entry) {
    ids.put(new Known(entry.tag(), entry.id()), entry.position());
    added.add(entry.position());
    state = Changes.head(state, entry.position());
  }

  void rekey(Entry rekey, int minEpoch) {
    rekeys = rekeys.with(rekey);
    epochs(rekey.epoch(), minEpoch);
  }

  void epochs(int epoch, int minEpoch) {
    state = Changes.epochs(state, epoch, minEpoch);
    rowDue = true;
  }

  void evict(MemberTag tag, int below) {
    state = Changes.evicted(state, tag, below);
    evicted.add(tag);
    rowDue = true;
  }

  void archived(Position upTo) {
    if (upTo.isAfter(state.archived())) {
      state = Changes.archived(state, upTo);
      rowDue = true;
    }
  }

  /**
   * The floor is the last entry removed, not the cut: a client that has that one missed nothing.
   */
  void trim(Position cut) {
    Position last = base == null ? null : base.lastUpTo(cut);
    for (Position position : added) {
      if (!position.isAfter(cut)) {
        last = position;
      }
    }
    if (last != null && last.isAfter(state.floor())) {
      state = Changes.floor(state, last);
      rekeys = rekeys.trimmed(last);
      rowDue = true;
    }
  }
}
