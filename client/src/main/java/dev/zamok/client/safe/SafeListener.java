package dev.zamok.client.safe;

import dev.zamok.client.problem.ClientProblem;
import dev.zamok.client.room.RoomWarning;

/** Hears of changes in a safe, on the client's thread: must not block. */
public interface SafeListener {
  /**
   * Something has changed: ask the safe for its contents, or {@link SafeChanges} for what it was.
   * May come without a reason.
   */
  void onChange();

  /**
   * Whether changes come now; told when that changes. What came while they did not is told by
   * {@link #onChange} afterwards.
   */
  default void onConnected(boolean connected) {}

  /** No more will come: this account is in the safe no more, or the session is over. */
  default void onEnd(ClientProblem why) {}

  /**
   * Something a server or a member sent was refused; or, once for each, a folder cannot be listened
   * to.
   */
  default void onWarning(RoomWarning warning) {}
}
