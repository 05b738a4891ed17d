package dev.zamok.authority;

import dev.zamok.authority.archive.Archiver;
import dev.zamok.authority.room.RoomHeader;
import dev.zamok.authority.room.Rooms;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;

/** What rooms say about their history; what is read tells them when new keys are due. */
final class ArchivePolicy implements Archiver.Policy {
  private final Rooms rooms;

  ArchivePolicy(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Future<Archiver.Keeping> keeping(RoomId room) {
    return rooms
        .header(room)
        .map(found -> found.map(ArchivePolicy::keeping).orElse(Archiver.Keeping.LEAVE));
  }

  @Override
  public void read(RoomId room, int messages) {
    rooms.plan().read(room, messages);
  }

  private static Archiver.Keeping keeping(RoomHeader header) {
    return header.history() == History.NONE ? Archiver.Keeping.TRIM : Archiver.Keeping.ARCHIVE;
  }
}
