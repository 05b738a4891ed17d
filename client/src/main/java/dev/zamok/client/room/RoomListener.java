package dev.zamok.client.room;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.protocol.Position;
import java.util.List;

/**
 * Hears what happens in a room, in the order of the log. Called on the client's thread: must not
 * block, and what it throws is logged and otherwise lost.
 */
public interface RoomListener {
  /** Every message once, own ones too. */
  default void onMessage(RoomMessage message) {}

  default void onSignal(RoomSignal signal) {}

  /** Members or roles have changed; ask the room for them. */
  default void onMembership() {}

  /** Items of a sealed room may have changed; called for every growth of its chain. */
  default void onItems() {}

  /** The entries of (from, to] are missing; what comes after them waits until they are here. */
  default void onGap(Position from, Position to) {}

  /** The entries of (from, to] were delivered before this call. */
  default void onRepaired(Position from, Position to) {}

  /**
   * The log does not hold these entries any more, though it once delivered them: take them back.
   */
  default void onWithdrawn(List<Position> positions) {}

  /** How many sessions are in the room now. */
  default void onPresence(int sessions) {}

  default void onWarning(RoomWarning warning) {}

  default void onState(RoomState state) {}

  /**
   * The hub joins no more rooms: nothing is heard of this one until it is joined anew, when there
   * is a place.
   */
  default void onNoPlace(ClientProblem why) {}

  /** Why the room is {@code REMOVED} or {@code ENDED}; told once, before that state. */
  default void onEnd(ClientProblem why) {}
}
