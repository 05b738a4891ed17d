package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What happens in a safe and in those of its folders that this member reads, from one moment on.
 * Whoever uses it asks: {@link SafeListener#onChange} says when to, and what is not asked for waits
 * in the chains, not here. Thread-safe; one question at a time.
 *
 * <p>Every statement of a room's verified chain is told once, in its order; rooms come one after
 * the other. A folder that was there already and is opened begins at that moment, a new one with
 * its first statement. It holds one version of each secret, whatever happens.
 */
public final class SafeChanges {
  private final Loop loop;
  private final SafeDoor door;
  private final Map<RoomId, RoomNews> rooms = new HashMap<>();
  private Map<RoomId, Seen> folders = Map.of();

  SafeChanges(Loop loop, SafeDoor door) {
    this.loop = loop;
    this.door = door;
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
              return Futures.several(view.spots(), SafeTree.ROOMS_AT_ONCE, RoomNews::from)
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
    return Futures.on(loop, () -> door.enter().thenCompose(this::news));
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
              return Futures.each(
                      view.spots(), spot -> room(spot.id()).next(spot).thenAccept(changes::addAll))
                  .exceptionally(
                      failure -> {
                        if (changes.isEmpty()) {
                          throw ClientProblem.in(failure);
                        }
                        return null;
                      });
            })
        .thenApply(done -> new News(changes, !changes.isEmpty()));
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
    return RoomNews.from(spot)
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
