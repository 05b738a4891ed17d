package dev.zamok.client.safe;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.audit.OwnOpenings;
import dev.zamok.client.audit.RoomAudit;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Who did what in one safe, and what this account says that it opened. Thread-safe; see {@link
 * dev.zamok.client.ZamokClient} for threads and failures.
 */
public final class SafeAudit {
  private final Loop loop;
  private final SafeTree tree;
  private final Trail trail;

  /** What is said of openings, and by others. */
  record Trail(OwnOpenings own, RoomAudit audit) {}

  SafeAudit(Loop loop, SafeTree tree, Trail trail) {
    this.loop = loop;
    this.tree = tree;
    this.trail = trail;
  }

  /**
   * Who opened (as clients say), changed, shared and removed, oldest first; for admins. Of folders
   * with rights of their own too, without their names where this member cannot read them; where one
   * is not served that this device could follow, or does not verify, {@link
   * AuditEvent.Kind#FOLDER_WITHHELD} or {@link AuditEvent.Kind#FOLDER_BROKEN} is the last word.
   * Fails with {@code NOT_ALLOWED}, and loudly when the server dropped or changed what was there
   * before.
   */
  public CompletableFuture<List<AuditEvent>> events() {
    return on(() -> tree.look().thenCompose(this::events));
  }

  private CompletableFuture<List<AuditEvent>> events(SafeView view) {
    SealedItems safe = tree.root().engine().items();
    Map<ItemId, Set<RoomAudit.Where>> places = new HashMap<>();
    List<AuditEvent> events = new ArrayList<>();
    Map<RoomId, BrokenFolder> broken = new LinkedHashMap<>(view.closed().broken().folders());
    return changes(new RoomAudit.Where(tree.root().id(), ""), safe, places, events)
        .thenCompose(
            done ->
                Futures.each(
                    view.engines().values(),
                    folder -> {
                      String path = view.folder(folder.id()).path();
                      RoomAudit.Where where = new RoomAudit.Where(folder.id(), path);
                      return changes(where, folder.items(), places, events)
                          .exceptionally(
                              failure -> {
                                note(where, failure, broken);
                                return null;
                              });
                    }))
        .thenCompose(
            done ->
                trail.audit().openings(safe::everRead, item -> places.getOrDefault(item, Set.of())))
        .thenApply(
            openings -> {
              events.addAll(openings);
              events.sort(Comparator.comparingLong(AuditEvent::timeMillis));
              view.closed()
                  .withheld()
                  .forEach(
                      folder ->
                          events.add(
                              missing(
                                  AuditEvent.Kind.FOLDER_WITHHELD,
                                  folder,
                                  view.folder(folder).path())));
              broken
                  .values()
                  .forEach(
                      one ->
                          events.add(
                              missing(AuditEvent.Kind.FOLDER_BROKEN, one.folder(), one.path())));
              return events;
            });
  }

  private void note(RoomAudit.Where where, Throwable failure, Map<RoomId, BrokenFolder> broken) {
    ClientProblem problem = ClientProblem.in(failure);
    if (!BrokenFolder.isOne(problem)) {
      throw problem;
    }
    broken.put(where.room(), tree.broken(where.room(), where.folder(), problem));
  }

  /** What was done there is not shown. */
  private AuditEvent missing(AuditEvent.Kind kind, RoomId folder, String path) {
    return new AuditEvent(loop.wallMillis(), folder, path, null, kind, null, 0, null, null);
  }

  private static CompletableFuture<Void> changes(
      RoomAudit.Where where,
      SealedItems room,
      Map<ItemId, Set<RoomAudit.Where>> places,
      List<AuditEvent> events) {
    return room.statements()
        .thenAccept(
            statements -> {
              events.addAll(RoomAudit.changes(where, statements, room::contact));
              for (Statement statement : statements) {
                if (statement.op() instanceof ChainOp.Item item) {
                  places.computeIfAbsent(item.item(), id -> new HashSet<>()).add(where);
                }
              }
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
