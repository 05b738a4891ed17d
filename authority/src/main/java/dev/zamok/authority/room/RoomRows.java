package dev.zamok.authority.room;

import dev.zamok.authority.store.Change;
import dev.zamok.authority.store.Outcome;
import dev.zamok.authority.store.Range;
import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.SealedStore;
import dev.zamok.authority.store.Store;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Unavailable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one room: header and members. */
final class RoomRows {
  private final SealedStore store;

  RoomRows(SealedStore store) {
    this.store = store;
  }

  Future<Optional<RoomHeader>> header(RoomId room) {
    return store
        .get(RoomTables.ROOM.key(room.toBytes(), RoomTables.HEADER))
        .map(found -> found.map(row -> RoomHeader.of(row.body())));
  }

  /** With all members, present and former. */
  Future<Optional<Room>> load(RoomId id) {
    return store
        .range(RoomTables.ROOM, id.toBytes(), Range.first(Range.LIMIT_MAX))
        .compose(
            rows -> {
              if (rows.isEmpty() || !rows.get(0).sort().equals(RoomTables.HEADER)) {
                return Future.succeededFuture(Optional.empty());
              }
              Row first = rows.get(0);
              Room room = new Room(id, RoomHeader.of(first.body()), first.version());
              return members(room, rows.subList(1, rows.size()), rows.size());
            });
  }

  private Future<Optional<Room>> members(Room room, List<Row> rows, int read) {
    for (Row row : rows) {
      Member member = Member.of(RoomTables.tag(row.sort()), row.body());
      room.stored(member, row.version());
    }
    if (read < Range.LIMIT_MAX) {
      return Future.succeededFuture(Optional.of(room));
    }
    Range next = Range.after(rows.get(rows.size() - 1).sort(), Range.LIMIT_MAX);
    return store
        .range(RoomTables.ROOM, room.id().toBytes(), next)
        .compose(more -> members(room, more, more.size()));
  }

  /**
   * Stores what changed, in one batch where it fits one, and takes it into {@code room}. Fails with
   * {@link Unavailable} when the room has changed in the store: throw this instance away.
   *
   * @param header null when it did not change
   */
  Future<Void> save(Room room, @Nullable RoomHeader header, Collection<Member> members) {
    List<Member> all = new ArrayList<>(members);
    int first = Math.min(all.size(), Store.BATCH_CHANGES_MAX - 1);
    Future<Void> saved = batch(room, header, all.subList(0, first));
    for (int from = first; from < all.size(); from += Store.BATCH_CHANGES_MAX) {
      List<Member> some = all.subList(from, Math.min(all.size(), from + Store.BATCH_CHANGES_MAX));
      saved = saved.compose(v -> batch(room, null, some));
    }
    return saved;
  }

  private Future<Void> batch(Room room, @Nullable RoomHeader header, List<Member> members) {
    List<Change> changes = new ArrayList<>(members.size() + 1);
    if (header != null) {
      long version = room.headerVersion();
      changes.add(
          version == 0
              ? Change.insert(RoomTables.HEADER, header.body())
              : Change.put(RoomTables.HEADER, version, header.body()));
    }
    for (Member member : members) {
      long version = room.version(member.tag());
      changes.add(
          version == 0
              ? Change.insert(RoomTables.member(member.tag()), member.body())
              : Change.put(RoomTables.member(member.tag()), version, member.body()));
    }
    return store
        .batch(RoomTables.ROOM, room.id().toBytes(), changes)
        .map(
            outcome -> {
              requireApplied(outcome);
              if (header != null) {
                room.stored(header, room.headerVersion() + 1);
              }
              members.forEach(m -> room.stored(m, room.version(m.tag()) + 1));
              return null;
            });
  }

  static void requireApplied(Outcome outcome) {
    if (!outcome.applied()) {
      throw new Unavailable("the room was changed elsewhere", false);
    }
  }
}
