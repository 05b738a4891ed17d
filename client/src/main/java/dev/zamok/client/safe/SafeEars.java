package dev.zamok.client.safe;

import dev.zamok.client.loop.Futures;
import dev.zamok.client.loop.Loop;
import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.client.room.RoomListener;
import dev.zamok.client.room.RoomState;
import dev.zamok.client.room.RoomWarning;
import dev.zamok.client.room.Rooms;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes in all rooms of a safe that this member reads; those that come later are joined
 * when the safe tells of them, and so are those let in who accept an invitation. Belongs to the
 * client's loop.
 */
final class SafeEars {
  /** Until it looks again when the authority was away. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private final Loop loop;
  private final SafeDoor door;
  private final RoomEngine root;
  private final SafeListener listener;
  private final Map<RoomEngine, Ear> heard = new LinkedHashMap<>();
  private final JoinPauses pauses;
  private final Set<RoomId> unheard = new HashSet<>();
  private boolean closed;
  private boolean looking;
  private boolean again;
  private Loop.Timer retry = Loop.Timer.NONE;
  private @Nullable Boolean connected;

  SafeEars(Loop loop, SafeDoor door, RoomEngine root, SafeListener listener) {
    this.loop = loop;
    this.door = door;
    this.root = root;
    this.listener = listener;
    this.pauses = new JoinPauses(loop, this::lookSoon);
  }

  /**
   * Completes when the safe is joined, with what ends it. Nobody waits for its folders: their
   * admins could keep everybody from it.
   */
  CompletableFuture<Runnable> open() {
    looking = true;
    return door.enter()
        .thenCompose(
            view -> {
              CompletableFuture<Void> joined = join(root);
              joinAll(view);
              return joined;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                close();
              }
              lookedAt(null);
            })
        .thenApply(done -> () -> loop.execute(this::close));
  }

  private void joinAll(SafeView view) {
    if (view.isWhole()) {
      pauses.retain(view.folders().stream().map(SafeFolder::id).collect(Collectors.toSet()));
    }
    for (Spot spot : view.spots()) {
      if (pauses.isRepeated(spot.id())) {
        tellUnheard(spot.id(), "the server lets nobody listen to folder " + spot.id());
      }
      Futures.fire(join(spot.branch().engine()));
    }
  }

  /** Once: what happens there is found by whoever looks, not as it comes. */
  private void tellUnheard(RoomId folder, String why) {
    if (!closed && unheard.add(folder)) {
      listener.onWarning(
          new RoomWarning(
              RoomWarning.Kind.INCOMPLETE,
              Position.ZERO,
              why + ": what happens in it is not told as it comes"));
    }
  }

  private CompletableFuture<Void> join(RoomEngine engine) {
    if (closed || heard.containsKey(engine) || pauses.holds(engine.id())) {
      return CompletableFuture.completedFuture(null);
    }
    Ear ear = new Ear(engine);
    heard.put(engine, ear);
    engine.listen(ear);
    // What fails from then on ends the room, which the ear hears of.
    return engine
        .open()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                notOpened(ear, failure);
              }
            })
        .thenCompose(done -> closed ? CompletableFuture.completedFuture(null) : engine.attach(null))
        .whenComplete(
            (done, failure) -> {
              if (failure != null && ClientProblem.isRefusal(failure, Rooms.TOO_MANY)) {
                noPlace(ear, ClientProblem.in(failure));
              }
            });
  }

  /** There may be one when it is looked for the next time. */
  private void noPlace(Ear ear, ClientProblem why) {
    ear.engine.unlisten(ear);
    heard.remove(ear.engine, ear);
    if (ear.engine != root) {
      tellUnheard(ear.engine.id(), why.getMessage() + ", without folder " + ear.engine.id());
    }
  }

  /** The next look tries it again. */
  private void notOpened(Ear ear, Throwable failure) {
    ear.engine.unlisten(ear);
    if (heard.remove(ear.engine, ear)
        && ClientProblem.is(failure, ClientProblem.Kind.UNAVAILABLE)) {
      retry.cancel();
      retry = loop.after(AGAIN, this::look);
    }
  }

  private void changed() {
    listener.onChange();
    lookSoon();
  }

  /** After the look that is under way, which may have passed by. */
  private void lookSoon() {
    again |= looking;
    look();
  }

  /** For rooms that are new: nobody waits until they are joined. */
  private void look() {
    if (closed || looking) {
      return;
    }
    looking = true;
    retry.cancel();
    Futures.fire(
        door.enter().thenAccept(this::joinAll).whenComplete((done, failure) -> lookedAt(failure)));
  }

  /** What changed while it looked may be another folder. */
  private void lookedAt(@Nullable Throwable failure) {
    looking = false;
    if (again) {
      again = false;
      look();
    } else if (failure != null && ClientProblem.is(failure, ClientProblem.Kind.UNAVAILABLE)) {
      retry = loop.after(AGAIN, this::look);
    }
  }

  /** Idempotent. */
  void close() {
    closed = true;
    retry.cancel();
    pauses.close();
    heard.forEach(RoomEngine::unlisten);
    heard.clear();
  }

  /** All rooms of a session share one connection. */
  private void tell(RoomState state) {
    boolean now = state != RoomState.CONNECTING;
    if (state == RoomState.REMOVED || state == RoomState.ENDED) {
      return;
    }
    if (connected == null ? now : now != connected) {
      connected = now;
      listener.onConnected(now);
    }
  }

  /** One room. */
  private final class Ear implements RoomListener {
    private final RoomEngine engine;

    Ear(RoomEngine engine) {
      this.engine = engine;
    }

    @Override
    public void onItems() {
      changed();
    }

    @Override
    public void onWarning(RoomWarning warning) {
      listener.onWarning(warning);
    }

    @Override
    public void onState(RoomState state) {
      if (engine == root) {
        tell(state);
      } else if (state == RoomState.LIVE) {
        pauses.joined(engine.id());
      } else {
        pauses.lost(engine.id());
      }
    }

    @Override
    public void onNoPlace(ClientProblem why) {
      noPlace(this, why);
      if (engine == root) {
        listener.onEnd(why);
      }
    }

    @Override
    public void onEnd(ClientProblem why) {
      engine.unlisten(this);
      heard.remove(engine);
      if (engine == root) {
        listener.onEnd(why);
      } else {
        pauses.ended(engine.id());
        changed();
      }
    }
  }
}
