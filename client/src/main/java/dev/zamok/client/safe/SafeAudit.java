package dev.zamok.client.safe;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.audit.OwnOpenings;
import dev.zamok.client.audit.RoomAudit;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.opening.Opening;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Who did what in one safe, and what this account says that it opened. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class SafeAudit {
  private final Loop loop;
  private final RoomEngine engine;
  private final Trail trail;

  /** What is said of openings, and by others. */
  record Trail(OwnOpenings own, RoomAudit audit) {}

  SafeAudit(Loop loop, RoomEngine engine, Trail trail) {
    this.loop = loop;
    this.engine = engine;
    this.trail = trail;
  }

  /**
   * Who opened (as clients say), changed, shared and removed, oldest first; for admins. Fails with
   * {@code NOT_ALLOWED}, and loudly when the server dropped or changed what was there before.
   */
  public CompletableFuture<List<AuditEvent>> events() {
    return on(
        () -> {
          SealedItems room = engine.items();
          return engine
              .open()
              .thenCompose(done -> room.statements())
              .thenCompose(
                  statements ->
                      room.sync().thenCompose(chain -> trail.audit().events(chain, statements)));
        });
  }

  /**
   * Tells the admins that this item was shown or used. Fails with {@code UNAVAILABLE} when the
   * server is away: then it is told with the next one.
   */
  public CompletableFuture<Void> noteOpened(SafeItem item) {
    return on(() -> trail.own().note(Opening.What.ITEM, item.id(), item.version()));
  }

  /** As {@link #noteOpened}, of everything in the safe, listed or searched. */
  public CompletableFuture<Void> noteListed() {
    return on(() -> trail.own().note(Opening.What.LIST, null, 0));
  }

  /** As {@link #noteOpened}, of everything in the safe, written to a file. */
  public CompletableFuture<Void> noteExported() {
    return on(() -> trail.own().note(Opening.What.EXPORT, null, 0));
  }

  private <T> CompletableFuture<T> on(Supplier<CompletableFuture<T>> step) {
    return Futures.on(loop, step);
  }
}
