package dev.zamok.client.safe;

import dev.zamok.client.room.RoomEngine;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.RoomId;

/** One room of a safe, wherever it lies: the safe itself or a folder. */
final class Branch {
  private final RoomEngine engine;
  private final Shelf shelf;
  private final SafeWriter writer;

  Branch(RoomEngine engine) {
    this.engine = engine;
    this.shelf = new Shelf(engine.items());
    this.writer = new SafeWriter(engine, shelf);
  }

  RoomId id() {
    return engine.id();
  }

  RoomEngine engine() {
    return engine;
  }

  Shelf shelf() {
    return shelf;
  }

  SafeWriter writer() {
    return writer;
  }

  boolean writes() {
    return engine.people().role().atLeast(Role.WRITER);
  }
}
