package dev.zamok.hub.room;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Follower;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One room of a {@link MemoryRoomLog}. */
final class MemoryRoom {
  final List<Entry> entries = new ArrayList<>();
  final List<MemoryRoomLog.Told<Follower>> followers = new ArrayList<>();
  boolean known;
  Position head = Position.ZERO;
  Position floor = Position.ZERO;
  int epoch;
  int minEpoch;
  private final Map<String, Position> ids = new HashMap<>();
  private final Map<MemberTag, Integer> admitted = new HashMap<>();

  @Nullable Position known(Append append) {
    return ids.get(append.tag() + "/" + append.id());
  }

  void check(Append append, long lease) {
    boolean creates = append.kind() == EntryKind.REKEY && append.epoch() == 1;
    if (!known && !creates) {
      throw new Rejection(ErrorCode.UNKNOWN_ROOM);
    }
    if (append.control() != null && append.control().leaseToken() < lease) {
      throw new Rejection(ErrorCode.FENCED);
    }
    if (append.memberVersion() < admitted.getOrDefault(append.tag(), 0)) {
      throw new Rejection(ErrorCode.EVICTED);
    }
    boolean stale = append.epoch() < minEpoch || append.epoch() > epoch;
    if (append.control() == null && stale) {
      throw new Rejection(ErrorCode.STALE_EPOCH);
    }
  }

  Entry add(Append append, Position position) {
    Entry entry =
        new Entry(
            append.room(),
            position,
            head,
            position.counter(),
            append.kind(),
            append.tag(),
            append.epoch(),
            append.id(),
            append.body());
    entries.add(entry);
    ids.put(append.tag() + "/" + append.id(), position);
    head = position;
    known = true;
    Append.Control control = append.control();
    if (control != null) {
      if (append.kind() == EntryKind.REKEY) {
        epoch = append.epoch();
      }
      minEpoch = Math.max(minEpoch, control.minEpoch());
      if (append.kind() == EntryKind.EVICT) {
        admitted.merge(control.evictTag(), control.evictBelow(), Math::max);
      }
    }
    return entry;
  }

  /** As a store gives back what the log had lost: no entry tells of it. */
  void restoreEviction(MemberTag tag, int below) {
    admitted.merge(tag, below, Math::max);
  }

  RoomState state() {
    if (!known) {
      throw new Rejection(ErrorCode.UNKNOWN_ROOM);
    }
    return new RoomState(head, epoch, minEpoch, floor, Position.ZERO, admitted);
  }

  Page page(Position after, int entriesMax, int bytesMax) {
    List<Entry> found = new ArrayList<>();
    int bytes = 0;
    boolean more = false;
    for (Entry entry : entries) {
      if (entry.position().isAfter(after)) {
        if (found.size() == entriesMax || (bytes > 0 && bytes > bytesMax)) {
          more = true;
          break;
        }
        found.add(entry);
        bytes += entry.body().size();
      }
    }
    boolean there =
        after.equals(floor) || entries.stream().anyMatch(entry -> entry.position().equals(after));
    boolean lost = after.isAfter(head);
    boolean complete = !lost && after.compareTo(floor) >= 0 && there;
    return new Page(found, complete, lost, more, head, floor);
  }
}
