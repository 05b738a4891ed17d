package dev.zamok.load.socket;

import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where a client gets what the hub did not send it. */
@FunctionalInterface
public interface Repair {
  /** The entries of (from, to], by position; all of them, or it fails. */
  CompletableFuture<List<Entry>> fetch(Position from, Position to);
}
