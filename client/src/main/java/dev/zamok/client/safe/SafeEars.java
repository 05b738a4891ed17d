package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomWarning;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Hears of changes in all rooms of a safe that this member reads; those that come later are joined
 * when the safe tells of them, and so are those let in who accept an invitation. Belongs to the
 * client's loop.
 */
final class SafeEars implements RoomListener {
  private final Loop loop;
  private final SafeDoor door;
  private final SafeListener listener;
  private final Set<RoomEngine> heard = new LinkedHashSet<>();
  private boolean closed;
  private boolean looking;
  private boolean again;

  SafeEars(Loop loop, SafeDoor door, SafeListener listener) {
    this.loop = loop;
    this.door = door;
    this.listener = listener;
  }

  /** Completes when the rooms of now are joined, with what ends it. */
  CompletableFuture<Runnable> open() {
    return join().thenApply(done -> () -> loop.execute(this::close));
  }

  private CompletableFuture<Void> join() {
    looking = true;
    return door.enter()
        .thenCompose(view -> Futures.each(view.spots(), spot -> join(spot.branch().engine())))
        .whenComplete((done, failure) -> lookedAt());
  }

  /** What changed while it looked may be another folder. */
  private void lookedAt() {
    looking = false;
    if (again && !closed) {
      again = false;
      Futures.fire(join());
    }
  }

  private CompletableFuture<Void> join(RoomEngine engine) {
    if (closed || !heard.add(engine)) {
      return CompletableFuture.completedFuture(null);
    }
    engine.listen(this);
    return engine.attach(null);
  }

  private void close() {
    closed = true;
    heard.forEach(engine -> engine.unlisten(this));
    heard.clear();
  }

  @Override
  public void onItems() {
    listener.onChange();
    again = looking;
    if (!closed && !looking) {
      Futures.fire(join());
    }
  }

  @Override
  public void onWarning(RoomWarning warning) {
    listener.onWarning(warning);
  }
}
