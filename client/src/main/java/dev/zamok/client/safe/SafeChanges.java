package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.loop.Serial;
import dev.zamok.client.problem.ClientProblem;
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
 * What happens in a safe and in those of its folders that this member reads, from one moment on.
 * Whoever uses it asks: {@link SafeListener#onChange} says when to, and what is not asked for waits
 * in the chains, not here. Thread-safe; questions are answered one after the other.
 *
 * <p>Every statement of a room's verified chain is told once, in its order; rooms come one after
 * the other. A folder that was there already and is opened begins at that moment, a new one with
 * its first statement. It holds one version of each secret, whatever happens, and an answer has at
 * most twenty more, of one room.
 *
 * <p>A folder that does not verify is told as {@link BrokenFolder}, and does not hide the others;
 * of what is in it, it tells what does.
 */
public final class SafeChanges {
  private final Loop loop;
  private final SafeDoor door;
  private final SafeTree tree;
  private final Serial serial = new Serial();
  private final Map<RoomId, RoomNews> rooms = new HashMap<>();
  private Map<RoomId, Seen> folders = Map.of();

  /** A look of which not all is told: another one for every answer would ask for every room. */
  private @Nullable SafeView looked;

  /** Folders that did not verify in this look: they are asked for again by the next one alone. */
  private final Set<RoomId> unverified = new HashSet<>();

  SafeChanges(Loop loop, SafeDoor door, SafeTree tree) {
    this.loop = loop;
    this.door = door;
    this.tree = tree;
  }

  /** A folder as it was seen last. */
  private record Seen(String path, boolean open) {}

  /**
   * What is told at a time.
   *
   * @param more whether to ask again at once
   */
  public record News(List<SafeChange> changes, boolean more) {
    public News {
      changes = List.copyOf(changes);
    }
  }

  /** What is there now is no change. */
  CompletableFuture<SafeChanges> begin() {
    return door.enter()
        .thenCompose(
            view -> {
              folders = seen(view);
              return Futures.several(
                      view.spots(), SafeTree.ROOMS_AT_ONCE, spot -> RoomNews.from(tree, spot))
                  .thenApply(
                      begun -> {
                        begun.forEach(one -> rooms.put(one.room(), one));
                        return this;
                      });
            });
  }

  /**
   * What happened since the last time. Fails as looking into the safe does; what was not told then
   * is told by the next call.
   */
  public CompletableFuture<News> next() {
    return Futures.on(loop, () -> serial.run(this::step));
  }

  private CompletableFuture<News> step() {
    SafeView left = looked;
    looked = null;
    return left == null ? look() : more(left);
  }

  private CompletableFuture<News> more(SafeView left) {
    return told(left, new ArrayList<>())
        .thenCompose(news -> news.more() ? CompletableFuture.completedFuture(news) : look());
  }

  private CompletableFuture<News> look() {
    unverified.clear();
    return door.enter().thenCompose(this::news);
  }

  private CompletableFuture<News> news(SafeView view) {
    List<SafeChange> changes = new ArrayList<>();
    Map<RoomId, Seen> before = folders;
    return Futures.each(view.spots(), spot -> enter(spot, !before.containsKey(spot.id())))
        .thenCompose(
            done -> {
              // From here on nothing fails without having told what is noted as told.
              changes.addAll(turns(before, view));
              folders = seen(view);
              rooms.keySet().retainAll(view.spots().stream().map(Spot::id).toList());
              return told(view, changes);
            });
  }

  /** With what the first room has that has any. */
  private CompletableFuture<News> told(SafeView view, List<SafeChange> changes) {
    int before = changes.size();
    return Futures.each(
            view.spots(),
            spot ->
                changes.size() > before
                    ? CompletableFuture.completedFuture(null)
                    : next(spot).thenAccept(changes::addAll))
        .handle(
            (done, failure) -> {
              if (failure != null && changes.isEmpty()) {
                throw ClientProblem.in(failure);
              }
              looked = failure == null && changes.size() > before ? view : null;
              return new News(changes, !changes.isEmpty());
            });
  }

  private CompletableFuture<List<SafeChange>> next(Spot spot) {
    if (unverified.contains(spot.id())) {
      return CompletableFuture.completedFuture(List.of());
    }
    return room(spot.id())
        .next(spot)
        .exceptionally(
            failure -> {
              tree.brokenBy(spot, ClientProblem.in(failure));
              unverified.add(spot.id());
              return List.of();
            });
  }

  private RoomNews room(RoomId id) {
    RoomNews news = rooms.get(id);
    if (news == null) {
      throw new IllegalStateException("a room that was not entered");
    }
    return news;
  }

  private CompletableFuture<Void> enter(Spot spot, boolean isNew) {
    if (rooms.containsKey(spot.id())) {
      return CompletableFuture.completedFuture(null);
    }
    if (isNew) {
      rooms.put(spot.id(), new RoomNews(spot.id(), 0, Map.of()));
      return CompletableFuture.completedFuture(null);
    }
    return RoomNews.from(tree, spot)
        .thenAccept(
            begun -> {
              RoomNews unused = rooms.put(spot.id(), begun);
            });
  }

  private static Map<RoomId, Seen> seen(SafeView view) {
    Map<RoomId, Seen> seen = new HashMap<>();
    for (SafeFolder each : view.folders()) {
      SafeFolder folder = view.folder(each.id());
      seen.put(each.id(), new Seen(folder.path(), view.find(each.id()) != null));
    }
    return seen;
  }

  private List<SafeChange> turns(Map<RoomId, Seen> before, SafeView view) {
    List<SafeChange> turns = new ArrayList<>();
    Map<RoomId, Seen> now = seen(view);
    now.forEach(
        (id, folder) -> {
          Seen was = before.get(id);
          String from = was == null ? folder.path() : was.path();
          if (was == null || was.open() != folder.open()) {
            boolean closed = was != null && !folder.open();
            SafeChange.Turn turn =
                folder.open()
                    ? SafeChange.Turn.OPENED
                    : closed ? SafeChange.Turn.CLOSED : SafeChange.Turn.LISTED;
            // One that is closed has no name any more, and had none before it was opened.
            String path = closed ? from : folder.path();
            turns.add(new SafeChange.OfFolder(id, turn, path, path));
          } else if (folder.open() && !from.equals(folder.path())) {
            turns.add(new SafeChange.OfFolder(id, SafeChange.Turn.MOVED, folder.path(), from));
          }
        });
    before.forEach(
        (id, was) -> {
          if (!now.containsKey(id)) {
            turns.add(new SafeChange.OfFolder(id, SafeChange.Turn.GONE, was.path(), was.path()));
          }
        });
    return turns;
  }
}
