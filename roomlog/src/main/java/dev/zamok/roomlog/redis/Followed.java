package dev.zamok.roomlog.redis;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Promise;

/** A room that somebody in this process follows. */
final class Followed {
  final RoomId room;
  final int partition;

  /** Completes once nothing committed from then on can be missed unnoticed. */
  final Promise<Void> ready = Promise.promise();

  int followers;

  /** Everything up to it was pushed, or is for the followers to read. */
  Position seen = Position.ZERO;

  Followed(RoomId room, int partition) {
    this.room = room;
    this.partition = partition;
  }
}
