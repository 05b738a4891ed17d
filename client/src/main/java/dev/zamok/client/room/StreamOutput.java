package dev.zamok.client.room;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.HubFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where a {@link RoomStream} puts what it has brought into order. */
interface StreamOutput {
  /** The next entry; every one once and in the order of the log, but for {@link #withdrawn}. */
  void entry(Entry entry);

  /** Live from here on, without what was before. */
  void startsAt(HubFrame.Joined joined);

  /** Whether as much waits as may. */
  boolean isFull();

  /** Completes when there is room again. */
  CompletableFuture<Void> hasRoom();

  void gap(Position from, Position to);

  void repaired(Position from, Position to);

  /** What is between could not be had. */
  void incomplete(Position from, Position to);

  /** The log does not hold these any more. */
  void withdrawn(List<Position> positions);

  /** Ask the hub to be joined again. */
  void rejoin();

  void phaseChanged();
}
