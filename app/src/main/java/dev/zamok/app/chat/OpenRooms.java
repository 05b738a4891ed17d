package dev.zamok.app.chat;

import dev.zamok.app.UserError;
import dev.zamok.app.login.Waiting;
import dev.zamok.client.room.HistoryView;
import dev.zamok.crypto.chain.History;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rooms whose messages the person sees, and the one that is spoken in. */
final class OpenRooms {
  /** What is shown of a room's past on entering it. */
  private static final int RECENT = 20;

  private final Waiting waiting;
  private final Output output;
  private final Map<RoomId, Follower> open = new HashMap<>();
  private final Set<RoomId> entered = new HashSet<>();
  private @Nullable Follower current;

  OpenRooms(Waiting waiting, Output output) {
    this.waiting = waiting;
    this.output = output;
  }

  @Nullable Follower current() {
    return current;
  }

  /** Fails with {@link UserError} when no room was entered. */
  Follower here() {
    Follower here = current;
    if (here == null) {
      throw new UserError("go to a room first: /join ROOM, /new NAME or /direct LOGIN");
    }
    return here;
  }

  /** Shows from now on what happens there. */
  Follower follow(RoomBook.Named named) {
    return follow(named, null);
  }

  private Follower follow(RoomBook.Named named, @Nullable Position after) {
    Follower known = open.get(named.room().id());
    // Whoever was removed and invited again has a new room under the old id.
    if (known != null && !known.over().isDone()) {
      return known;
    }
    Follower follower = new Follower(named, output);
    waiting.on(follower.start(after));
    open.put(named.room().id(), follower);
    return follower;
  }

  /** Speaks there from now on. The first time, the recent past is shown. */
  void enter(RoomBook.Named named) {
    Follower known = open.get(named.room().id());
    Position shown = entered.add(named.room().id()) ? show(named, RECENT) : null;
    current = known == null || known.over().isDone() ? follow(named, shown) : known;
  }

  void left() {
    Follower here = current;
    if (here != null) {
      here.stop();
      open.remove(here.room().id());
      entered.remove(here.room().id());
      current = null;
    }
  }

  /** Prints nothing more. */
  void stop() {
    open.values().forEach(Follower::stop);
  }

  void showHistory(int count) {
    show(here().named(), count);
  }

  private @Nullable Position show(RoomBook.Named named, int count) {
    if (named.room().historyPolicy() == History.NONE) {
      return null;
    }
    HistoryView view = waiting.on(named.room().history(count));
    view.messages().forEach(message -> output.message(named.label(), message));
    view.warnings().forEach(warning -> output.warning(named.label(), warning));
    return view.messages().isEmpty()
        ? null
        : view.messages().get(view.messages().size() - 1).position();
  }
}
