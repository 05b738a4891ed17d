package dev.zamok.roomlog.local;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.EntryKind;
import dev.zamok.protocol.ErrorCode;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.Rejection;
import dev.zamok.protocol.RoomId;
import dev.zamok.roomlog.Append;
import dev.zamok.roomlog.Appended;
import dev.zamok.roomlog.Page;
import dev.zamok.roomlog.RoomLog.Moved;
import dev.zamok.roomlog.RoomState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the log written down once more, as simply as possible: everything in lists. */
final class Model {
  final Map<RoomId, ModelRoom> rooms = new TreeMap<>(Comparator.comparingLong(RoomId::low));
  int generation = 1;
  long counter;
  long lease;
  long timeMillis;

  static final class ModelRoom {
    final List<Entry> entries = new ArrayList<>();
    final List<Entry> rekeys = new ArrayList<>();
    final Map<MemberTag, Integer> admitted = new HashMap<>();
    Position head = Position.ZERO;
    Position floor = Position.ZERO;
    Position archived = Position.ZERO;
    int epoch;
    int minEpoch;

    RoomState state() {
      return new RoomState(head, epoch, minEpoch, floor, archived, admitted);
    }
  }

  Appended append(Append a) {
    ModelRoom room = rooms.get(a.room());
    if (room != null) {
      for (Entry entry : room.entries) {
        if (entry.tag().equals(a.tag()) && entry.id().equals(a.id())) {
          return new Appended(entry.position(), true);
        }
      }
    }
    Append.Control c = a.control();
    boolean creates = c != null && a.kind() == EntryKind.REKEY && c.expectedEpoch() == 0;
    check(room != null || creates, ErrorCode.UNKNOWN_ROOM);
    if (c != null) {
      check(c.leaseToken() >= lease, ErrorCode.FENCED);
      check(room == null || room.epoch == c.expectedEpoch(), ErrorCode.FENCED);
    } else {
      int admitted = a.tag().equals(MemberTag.NONE) ? 0 : room.admitted.getOrDefault(a.tag(), 0);
      check(a.memberVersion() >= admitted || a.tag().equals(MemberTag.NONE), ErrorCode.EVICTED);
      check(a.epoch() >= room.minEpoch && a.epoch() <= room.epoch, ErrorCode.STALE_EPOCH);
    }
    if (room == null) {
      room = new ModelRoom();
      rooms.put(a.room(), room);
    }
    Position position = Position.of(generation, ++counter);
    Entry entry =
        new Entry(
            a.room(),
            position,
            room.head,
            timeMillis,
            a.kind(),
            a.tag(),
            a.epoch(),
            a.id(),
            a.body());
    room.entries.add(entry);
    room.head = position;
    if (c != null) {
      effect(room, entry, c);
    }
    return new Appended(position, false);
  }

  private static void effect(ModelRoom room, Entry entry, Append.Control c) {
    if (entry.kind() == EntryKind.REKEY) {
      room.epoch = entry.epoch();
      room.rekeys.add(entry);
    }
    if (entry.kind() == EntryKind.REKEY || entry.kind() == EntryKind.CLOSE) {
      room.minEpoch = Math.max(room.minEpoch, c.minEpoch());
    }
    if (entry.kind() == EntryKind.EVICT) {
      room.admitted.merge(c.evictTag(), c.evictBelow(), Math::max);
    }
  }

  void claim(long token) {
    check(token >= lease, ErrorCode.FENCED);
    lease = token;
  }

  void archived(long token, RoomId id, Position upTo) {
    ModelRoom room = existing(id);
    check(token >= lease && !upTo.isAfter(room.head), ErrorCode.FENCED);
    room.archived = upTo.isAfter(room.archived) ? upTo : room.archived;
  }

  void trim(long token, RoomId id, Position cut, boolean unarchived) {
    ModelRoom room = existing(id);
    check(token >= lease && !cut.isAfter(unarchived ? room.head : room.archived), ErrorCode.FENCED);
    while (!room.entries.isEmpty() && !room.entries.get(0).position().isAfter(cut)) {
      room.floor = room.entries.remove(0).position();
    }
  }

  Page read(RoomId id, Position after, int max) {
    ModelRoom room = existing(id);
    List<Entry> all = room.entries.stream().filter(e -> e.position().isAfter(after)).toList();
    boolean there =
        after.equals(room.floor) || room.entries.stream().anyMatch(e -> e.position().equals(after));
    List<Entry> some = all.subList(0, Math.min(max, all.size()));
    return new Page(
        some, there, after.isAfter(room.head), some.size() < all.size(), room.head, room.floor);
  }

  List<Entry> rekeys(RoomId id, int afterEpoch, int max) {
    ModelRoom room = existing(id);
    List<Entry> all = room.rekeys.stream().filter(e -> e.epoch() > afterEpoch).toList();
    if (all.isEmpty()) {
      return all;
    }
    List<Entry> newest = all.subList(all.size() - 1, all.size());
    boolean gone =
        all.subList(0, all.size() - 1).stream().anyMatch(e -> !e.position().isAfter(room.floor));
    return gone || all.size() > max ? newest : all;
  }

  List<Moved> moved(Position after, int max) {
    return rooms.entrySet().stream()
        .map(room -> new Moved(room.getKey(), room.getValue().head))
        .filter(moved -> moved.head().isAfter(after))
        .sorted(Comparator.comparing(Moved::head))
        .limit(max)
        .toList();
  }

  ModelRoom existing(RoomId id) {
    ModelRoom room = rooms.get(id);
    check(room != null, ErrorCode.UNKNOWN_ROOM);
    return room;
  }

  private static void check(boolean holds, ErrorCode otherwise) {
    if (!holds) {
      throw new Rejection(otherwise);
    }
  }
}
