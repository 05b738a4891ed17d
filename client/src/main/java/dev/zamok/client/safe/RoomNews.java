package dev.zamok.client.safe;

import dev.zamok.client.audit.AuditEvent;
import dev.zamok.client.audit.RoomAudit;
import dev.zamok.client.loop.Futures;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.ItemReader;
import dev.zamok.client.room.SealedItems;
import dev.zamok.crypto.chain.ChainItem;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How far one room of a safe has been told, and its secrets as they were told last. Belongs to the
 * client's loop.
 */
final class RoomNews {
  /**
   * What is told at a time: contents of that many are held, and whoever writes chooses how large
   * they are.
   */
  static final int ITEMS_PER_STEP_MAX = 20;

  private final RoomId room;
  private final Map<ItemId, SafeItem> known;
  private int told;

  /** Of the page that was fetched last, what is not told yet: statements without contents. */
  private List<Statement> ahead = List.of();

  /**
   * @param told how many statements are no news
   */
  RoomNews(RoomId room, int told, Map<ItemId, SafeItem> known) {
    this.room = room;
    this.told = told;
    this.known = new HashMap<>(known);
  }

  /**
   * From the moment of the look on. Of a folder in which something does not verify, which is told,
   * it is not known what was there before.
   */
  static CompletableFuture<RoomNews> from(SafeTree tree, Spot spot) {
    // Read first: what comes while the contents are fetched is told again, rather than not at all.
    int told = spot.chain().head().index() + 1;
    return tree.contents(spot)
        .thenApply(
            contents -> {
              Map<ItemId, SafeItem> known = new HashMap<>();
              contents.items().forEach(item -> known.put(item.id(), item));
              return new RoomNews(spot.id(), told, known);
            });
  }

  RoomId room() {
    return room;
  }

  /** The next of it, which is told with that; empty for no news. One call at a time. */
  CompletableFuture<List<SafeChange>> next(Spot spot) {
    int from = told;
    // Not more than the look has seen: its chain says which versions there are.
    int seen = spot.chain().head().index() + 1 - from;
    if (seen <= 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    SealedItems items = spot.branch().engine().items();
    return (ahead.isEmpty() ? items.statements(from) : CompletableFuture.completedFuture(ahead))
        .thenCompose(
            page -> {
              List<Statement> step = step(page, seen);
              return new Bodies(spot, items)
                  .read(step)
                  .thenApply(
                      bodies -> {
                        told = from + step.size();
                        ahead = List.copyOf(page.subList(step.size(), page.size()));
                        return changes(spot, step, bodies);
                      });
            });
  }

  private static List<Statement> step(List<Statement> page, int seen) {
    int end = 0;
    int items = 0;
    while (end < Math.min(seen, page.size())) {
      if (page.get(end).op() instanceof ChainOp.Item) {
        items++;
        if (items > ITEMS_PER_STEP_MAX) {
          break;
        }
      }
      end++;
    }
    return page.subList(0, end);
  }

  private List<SafeChange> changes(Spot spot, List<Statement> page, Bodies bodies) {
    SealedItems items = spot.branch().engine().items();
    List<AuditEvent> events =
        RoomAudit.changes(new RoomAudit.Where(room, spot.path()), page, items::contact);
    List<SafeChange> changes = new ArrayList<>(events.size());
    for (AuditEvent event : events) {
      ItemId item = event.item();
      changes.add(item == null ? new SafeChange.Said(event) : secret(item, event, bodies));
    }
    return changes;
  }

  private SafeChange secret(ItemId id, AuditEvent event, Bodies bodies) {
    if (event.kind() == AuditEvent.Kind.PURGED) {
      return new SafeChange.OfSecret(event, SafeChange.Fate.PURGED, known.remove(id), null);
    }
    Version version = new Version(id, event.version());
    SafeItem now = bodies.items.get(version);
    SafeItem last = known.get(id);
    // Of one that was fetched a moment too late it is not known what was before.
    SafeItem before = last == null || last.version() >= event.version() ? null : last;
    if (now != null && (last == null || last.version() < now.version())) {
      known.put(id, now);
    }
    return new SafeChange.OfSecret(event, bodies.fate(version, before, now), before, now);
  }

  private record Version(ItemId item, int number) {}

  /** The bodies of all versions that some statements name. */
  private static final class Bodies {
    private final Spot spot;
    private final SealedItems room;
    private final Map<Version, SafeItem> items = new HashMap<>();
    private final Set<Version> unverified = new HashSet<>();
    private final Set<Version> unreadable = new HashSet<>();

    Bodies(Spot spot, SealedItems room) {
      this.spot = spot;
      this.room = room;
    }

    CompletableFuture<Bodies> read(List<Statement> page) {
      List<ItemReader.Wanted> wanted = new ArrayList<>();
      RoomChain chain = spot.chain();
      for (Statement statement : page) {
        if (statement.op() instanceof ChainOp.Item op && op.act() == ItemAct.PUT) {
          ChainItem version = version(chain, op);
          if (version != null) {
            wanted.add(new ItemReader.Wanted(op.item(), version));
          }
        }
      }
      return room.reader()
          .read(wanted)
          .thenAccept(this::keep)
          .exceptionallyCompose(failure -> oneByOne(wanted, failure))
          .thenApply(done -> this);
    }

    private static @Nullable ChainItem version(RoomChain chain, ChainOp.Item op) {
      return chain.versions(op.item()).stream()
          .filter(one -> one.version() == op.version())
          .findFirst()
          .orElse(null);
    }

    private void keep(List<ItemReader.Opened> opened) {
      for (ItemReader.Opened one : opened) {
        Version version = new Version(one.item(), one.version().version());
        SafeItem item = spot.branch().shelf().item(one);
        if (item == null) {
          unreadable.add(version);
        } else {
          items.put(version, spot.shown(item));
        }
      }
    }

    /** What is wrong with one of them must not hide the others. */
    private CompletableFuture<Void> oneByOne(List<ItemReader.Wanted> wanted, Throwable failure) {
      if (!ClientProblem.in(failure).isLoud()) {
        throw ClientProblem.in(failure);
      }
      return Futures.each(
          wanted,
          one ->
              room.reader()
                  .read(List.of(one))
                  .thenAccept(this::keep)
                  .exceptionally(
                      problem -> {
                        if (!ClientProblem.in(problem).isLoud()) {
                          throw ClientProblem.in(problem);
                        }
                        unverified.add(new Version(one.item(), one.version().version()));
                        return null;
                      }));
    }

    private SafeChange.Fate fate(
        Version version, @Nullable SafeItem before, @Nullable SafeItem now) {
      if (now == null) {
        return unverified.contains(version)
            ? SafeChange.Fate.UNVERIFIED
            : unreadable.contains(version) ? SafeChange.Fate.UNREADABLE : SafeChange.Fate.OUTLIVED;
      }
      boolean wasTrashed = before != null && before.trashed();
      if (now.trashed() != wasTrashed) {
        return now.trashed() ? SafeChange.Fate.TRASHED : SafeChange.Fate.RESTORED;
      }
      if (now.place().resealed()) {
        return SafeChange.Fate.RESEALED;
      }
      return now.version() == 1 ? SafeChange.Fate.ADDED : SafeChange.Fate.CHANGED;
    }
  }
}
