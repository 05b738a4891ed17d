package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.RestoredRoom;
import dev.zamok.roomlog.RoomLog.Moved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the next commit would do. Every rule of {@link dev.zamok.roomlog.RoomLog} about what may
 * happen is here.
 *
 * <p>Each method throws what it throws before it changed anything.
 */
final class Draft {
  private final Committed base;
  private final Limits limits;
  private final long timeMillis;
  private final Map<RoomId, DraftRoom> rooms = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int generation;
  private long counter;
  private long lease;
  private long bytes;
  private boolean floorRaised;
  private int restoring;
  private boolean restoresAnew;
  private final Set<RoomId> mended = new HashSet<>();

  Draft(Committed base, Limits limits, long nowMillis) {
    this.base = base;
    this.limits = limits;
    this.timeMillis = Math.max(Math.min(nowMillis, Entry.TIME_MILLIS_MAX), base.timeMillis());
    this.generation = base.generation();
    this.counter = base.counter();
    this.lease = base.lease();
    this.restoring = base.restoring();
  }

  Collection<DraftRoom> rooms() {
    return rooms.values();
  }

  List<Entry> entries() {
    return entries;
  }

  long timeMillis() {
    return timeMillis;
  }

  long counter() {
    return counter;
  }

  long lease() {
    return lease;
  }

  int restoring() {
    return restoring;
  }

  /** Whether another restore has begun than the one that was under way. */
  boolean restoresAnew() {
    return restoresAnew;
  }

  /** Rooms that may be used while others are still being given back. */
  Set<RoomId> mended() {
    return mended;
  }

  int generation() {
    return generation;
  }

  /** Whether the row of the log must be written: the chunks know no lease and no floor. */
  boolean logChanged() {
    return lease != base.lease() || floorRaised || restoring != base.restoring();
  }

  void openRoom(RoomId id, int epoch) {
    if (usable(id) == null) {
      if (restoring != 0) {
        throw unknownRoom();
      }
      DraftRoom room = DraftRoom.created(id);
      room.epochs(epoch, epoch);
      rooms.put(id, room);
    }
  }

  Appended append(Append append) {
    DraftRoom room = usable(append.room());
    if (room != null) {
      Position known = room.known(append.tag(), append.id());
      if (known != null) {
        return new Appended(known, true);
      }
    }
    Append.Control control = append.control();
    if (room == null) {
      if (control == null || append.kind() != EntryKind.REKEY || control.expectedEpoch() != 0) {
        throw unknownRoom();
      }
      checkLease(control.leaseToken());
      room = DraftRoom.created(append.room());
    }
    if (control == null) {
      checkMember(room, append);
    } else {
      checkLease(control.leaseToken());
      check(control.expectedEpoch() == room.state().epoch(), ErrorCode.FENCED);
    }
    Entry entry = entry(room, append);
    // From here on nothing throws.
    counter++;
    rooms.put(append.room(), room);
    mended.add(append.room());
    room.add(entry);
    entries.add(entry);
    bytes += Room.bytes(entry);
    if (control != null) {
      apply(control, room, entry);
    }
    return new Appended(entry.position(), false);
  }

  void claim(long token, Position floor) {
    checkLease(token);
    boolean first = lease == 0;
    lease = token;
    if (raise(floor) || first) {
      restoring = generation;
      restoresAnew = true;
      mended.clear();
    }
  }

  /** Positions go on above {@code floor}. Yields whether the log was older. */
  private boolean raise(Position floor) {
    boolean older = floor.isAfter(Position.of(generation, counter));
    if (older || floor.counter() > counter) {
      generation = Math.max(generation, floor.generation());
      counter = Math.max(counter, floor.counter());
      floorRaised = true;
    }
    return older;
  }

  boolean restore(long token, RestoredRoom restored) {
    checkLease(token);
    raise(restored.head());
    mended.add(restored.room());
    DraftRoom room = find(restored.room());
    if (room != null) {
      return room.bringForward(restored);
    }
    rooms.put(restored.room(), DraftRoom.restored(restored));
    return true;
  }

  void restored(long token, int restore) {
    checkLease(token);
    check(restoring == 0 || restoring == restore, ErrorCode.FENCED);
    restoring = 0;
  }

  void archived(long token, RoomId id, Position upTo) {
    DraftRoom room = existing(id);
    checkLease(token);
    check(!upTo.isAfter(room.state().head()), ErrorCode.FENCED);
    room.archived(upTo);
  }

  void trim(long token, RoomId id, Position cut, boolean unarchived) {
    DraftRoom room = existing(id);
    checkLease(token);
    Position limit = unarchived ? room.state().head() : room.state().archived();
    check(!cut.isAfter(limit), ErrorCode.FENCED);
    room.trim(cut);
  }

  /** Asks for no lease: for a log that nobody archives. Yields whether anything left. */
  boolean trimOlder(RoomId id, Position old, int entriesKept, long bytesKept) {
    Room committed = base.find(id);
    Position cut = committed == null ? null : committed.cut(old, entriesKept, bytesKept);
    if (cut == null) {
      return false;
    }
    existing(id).trim(cut);
    return true;
  }

  /** See {@link dev.zamok.roomlog.RoomLog#moved}; of what was committed before. */
  List<Moved> moved(Position after, int max) {
    return base.moved(after, max);
  }

  /** Whether a half of what the log takes before it refuses members is used. */
  boolean isHalfFull() {
    return base.entries() > limits.entriesMax() / 2
        || base.backlogBytes() > limits.backlogBytesMax() / 2;
  }

  /** Of how many entries each room may keep when the log is to be a quarter full. */
  int fairShare(int most) {
    long each = limits.entriesMax() / 4 / Math.max(1, base.roomsEverUsed());
    return (int) Math.max(1, Math.min(most, each));
  }

  /** Of how many bytes each room may keep then. */
  long fairBytes(long most) {
    return Math.min(most, limits.backlogBytesMax() / 4 / Math.max(1, base.roomsEverUsed()));
  }

  private void checkMember(DraftRoom room, Append append) {
    boolean member = !append.tag().equals(MemberTag.NONE);
    if (member) {
      check(room.state().admits(append.tag(), append.memberVersion()), ErrorCode.EVICTED);
    }
    if (room.state().isHeld()) {
      throw new Unavailable("the room waits for its next epoch", false);
    }
    check(
        append.epoch() >= room.state().minEpoch() && append.epoch() <= room.state().epoch(),
        ErrorCode.STALE_EPOCH);
    check(
        base.backlogBytes() + bytes < limits.backlogBytesMax()
            && base.entries() + entries.size() < limits.entriesMax(),
        ErrorCode.OVERLOADED);
  }

  private Entry entry(DraftRoom room, Append append) {
    return new Entry(
        append.room(),
        Position.of(generation, counter + 1),
        room.state().head(),
        timeMillis,
        append.kind(),
        append.tag(),
        append.epoch(),
        append.id(),
        append.body());
  }

  private static void apply(Append.Control control, DraftRoom room, Entry entry) {
    switch (entry.kind()) {
      case REKEY -> room.rekey(entry, control.minEpoch());
      case CLOSE -> room.epochs(room.state().epoch(), control.minEpoch());
      case EVICT -> room.evict(control.evictTag(), control.evictBelow());
      case ANNOUNCE, MESSAGE, MEMBER, ITEM -> {}
    }
  }

  private @Nullable DraftRoom find(RoomId id) {
    DraftRoom room = rooms.get(id);
    if (room != null) {
      return room;
    }
    Room committed = base.find(id);
    if (committed == null) {
      return null;
    }
    room = DraftRoom.of(committed);
    rooms.put(id, room);
    return room;
  }

  /** Throws where it may be older than what the store knows. */
  private @Nullable DraftRoom usable(RoomId id) {
    DraftRoom room = find(id);
    boolean trusted = restoring == 0 || mended.contains(id) || (!restoresAnew && base.isMended(id));
    if (room != null && !trusted) {
      throw unknownRoom();
    }
    return room;
  }

  private DraftRoom existing(RoomId id) {
    DraftRoom room = usable(id);
    if (room == null) {
      throw unknownRoom();
    }
    return room;
  }

  private RuntimeException unknownRoom() {
    return Room.unknown(restoring);
  }

  private void checkLease(long token) {
    check(token >= lease, ErrorCode.FENCED);
  }

  private static void check(boolean holds, ErrorCode otherwise) {
    if (!holds) {
      throw new Rejection(otherwise);
    }
  }
}
