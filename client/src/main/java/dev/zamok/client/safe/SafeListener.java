package dev.zamok.client.safe;

import dev.zamok.client.room.RoomWarning;

/** Hears of changes in a safe, on the client's thread: must not block. */
public interface SafeListener {
  /** Items have changed: ask the safe for its contents. May come without a reason. */
  void onChange();

  /** Something a server or a member sent was refused. */
  default void onWarning(RoomWarning warning) {}
}
