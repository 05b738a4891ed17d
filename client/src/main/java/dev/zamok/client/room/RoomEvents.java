package dev.zamok.client.room;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Position;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners of a room. What one of them throws does not reach the others. */
final class RoomEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RoomEvents.class);

  private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

  /** Read by any thread. */
  private volatile RoomState state = RoomState.CONNECTING;

  /** The state is told at once. */
  void add(RoomListener listener) {
    listeners.add(listener);
    guarded(listener, l -> l.onState(state));
  }

  void remove(RoomListener listener) {
    listeners.remove(listener);
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  RoomState state() {
    return state;
  }

  void state(RoomState next) {
    if (state != next) {
      state = next;
      each(listener -> listener.onState(next));
    }
  }

  void end(ClientProblem why) {
    each(listener -> listener.onEnd(why));
  }

  void noPlace(ClientProblem why) {
    each(listener -> listener.onNoPlace(why));
  }

  void message(RoomMessage message) {
    each(listener -> listener.onMessage(message));
  }

  void signal(RoomSignal signal) {
    each(listener -> listener.onSignal(signal));
  }

  void membership() {
    each(RoomListener::onMembership);
  }

  void items() {
    each(RoomListener::onItems);
  }

  void presence(int sessions) {
    each(listener -> listener.onPresence(sessions));
  }

  void gap(Position from, Position to) {
    each(listener -> listener.onGap(from, to));
  }

  void repaired(Position from, Position to) {
    each(listener -> listener.onRepaired(from, to));
  }

  void withdrawn(List<Position> positions) {
    each(listener -> listener.onWithdrawn(positions));
  }

  void warning(RoomWarning.Kind kind, Position position, String text) {
    warning(new RoomWarning(kind, position, text));
  }

  void warning(RoomWarning warning) {
    each(listener -> listener.onWarning(warning));
  }

  private void each(Consumer<RoomListener> call) {
    listeners.forEach(listener -> guarded(listener, call));
  }

  private static void guarded(RoomListener listener, Consumer<RoomListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      LOG.error("a listener of a room failed", e);
    }
  }
}
