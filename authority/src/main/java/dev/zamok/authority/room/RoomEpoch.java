package dev.zamok.authority.room;

import dev.zamok.crypto.Hash;

/**
 * The epoch in force, as the log has it.
 *
 * @param n 0 before the first
 * @param rekey {@code h(R_n)}
 * @param resetMillis when the last reset was, milliseconds since 1970
 */
public record RoomEpoch(int n, int g, Hash rekey, long resetMillis) {
  static final RoomEpoch NONE = new RoomEpoch(0, 0, Hash.ZERO, 0);
}
