package dev.zamok.authority.archive;

import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;

/** A room some of whose entries are in the log. */
final class Archived {
  final RoomId id;

  /** Whether its entries are stored, or only trimmed. */
  final boolean keeps;

  final ArchiveWriter writer;
  final HotWindow window;

  /** Everything up to it is done with. */
  Position upTo;

  Archived(RoomId id, boolean keeps, Position from, PartitionArchiver.Ground ground) {
    this.id = id;
    this.keeps = keeps;
    this.writer = new ArchiveWriter(id, ground.store(), ground.config());
    this.window = new HotWindow(ground.config(), from, ground.clock().millis());
    this.upTo = from;
  }
}
