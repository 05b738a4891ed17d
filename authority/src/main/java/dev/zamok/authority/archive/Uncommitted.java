package dev.zamok.authority.archive;

import dev.zamok.authority.store.OneByOne;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Stores what a log that acknowledges only what is stored holds back, and commits it then. Entries
 * of rooms that keep no history are committed unstored. What cannot be stored holds up its whole
 * partition.
 */
final class Uncommitted {
  private static final int ENTRIES_MAX = 256;

  private final int partition;
  private final PartitionArchiver.Ground ground;
  private final ArchivedRooms rooms;

  Uncommitted(int partition, PartitionArchiver.Ground ground, ArchivedRooms rooms) {
    this.partition = partition;
    this.ground = ground;
    this.rooms = rooms;
  }

  /** All there is. One run at a time. */
  Future<Void> store() {
    return OneByOne.whileTrue(this::storeSome);
  }

  /** Yields whether there may be more. */
  private Future<Boolean> storeSome() {
    if (!ground.log().storesFirst() || !ground.leases().holds(partition)) {
      return Future.succeededFuture(false);
    }
    long token = ground.leases().token(partition);
    return ground
        .log()
        .uncommitted(partition, ENTRIES_MAX)
        .compose(
            entries ->
                entries.isEmpty()
                    ? Future.succeededFuture(false)
                    : store(token, entries).map(v -> true));
  }

  private Future<Void> store(long token, List<Entry> entries) {
    Map<RoomId, List<Entry>> byRoom = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byRoom.computeIfAbsent(entry.room(), room -> new ArrayList<>()).add(entry);
    }
    List<Future<Optional<Archived>>> stored = new ArrayList<>();
    byRoom.forEach((room, of) -> stored.add(store(room, of)));
    List<Position> all = entries.stream().map(Entry::position).toList();
    Position last = all.get(all.size() - 1);
    return Future.all(stored)
        .onSuccess(v -> ground.leases().reached(partition, last))
        .compose(v -> ground.log().stored(partition, token, all).onFailure(rooms::loseIfFenced))
        .compose(
            v -> {
              List<Future<Void>> noted = new ArrayList<>();
              for (Future<Optional<Archived>> room : stored) {
                room.result()
                    .ifPresent(
                        one ->
                            noted.add(
                                rooms.noted(one, Objects.requireNonNull(byRoom.get(one.id)))));
              }
              return Future.join(noted).mapEmpty();
            });
  }

  /** Yields nothing for a room that is not ours. */
  private Future<Optional<Archived>> store(RoomId id, List<Entry> entries) {
    return rooms
        .opened(id)
        .compose(
            found -> {
              if (found.isEmpty() || !found.get().keeps) {
                return Future.succeededFuture(found);
              }
              Archived room = found.get();
              int alarms = rooms.alarms(id);
              boolean behind = entries.get(0).previous().isAfter(room.upTo);
              // What is not stored yet comes first.
              return (behind ? rooms.archive(room) : Future.<Void>succeededFuture())
                  .compose(v -> write(room, entries, 0))
                  .onSuccess(v -> rooms.agrees(id, alarms))
                  .onFailure(failure -> rooms.notStored(id, failure))
                  .map(found);
            });
  }

  private Future<Void> write(Archived room, List<Entry> entries, int from) {
    if (from >= entries.size()) {
      return Future.succeededFuture();
    }
    int to = Math.min(entries.size(), from + ArchiveWriter.ENTRIES_MAX);
    return room.writer.write(entries.subList(from, to)).compose(v -> write(room, entries, to));
  }
}
