package dev.zamok.roomlog;

import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;

/** Appends from its own event loop; started once all of it is acknowledged. */
final class Chatter extends VerticleBase {
  private final RoomLog log;
  private final int author;
  private final int count;
  private final List<RoomId> rooms;

  Chatter(RoomLog log, int author, int count, List<RoomId> rooms) {
    this.log = log;
    this.author = author;
    this.count = count;
    this.rooms = rooms;
  }

  @Override
  public Future<?> start() {
    List<Future<Appended>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RoomId room = rooms.get(i % rooms.size());
      MessageId id = new MessageId(author, i + 1L);
      all.add(
          log.append(
              Append.message(room, new MemberTag(author + 1), 0, 1, id, LogDriver.text("m" + i))));
    }
    return Future.all(all);
  }
}
