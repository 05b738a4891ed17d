package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Trust;

/** What a room is for. */
public enum RoomKind {
  CHANNEL(1),
  PRIVATE(2),
  /** At most two members. */
  DIRECT(3),
  /** Its items are secrets. */
  SAFE(4),
  /** A folder with members of its own, inside a parent room. */
  FOLDER(5),
  /** Its members are one member of other rooms, by the keys that its secret gives. */
  GROUP(6);

  private static final RoomKind[] BY_CODE = values();

  private final int code;

  RoomKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Channels are managed, everything else is sealed. */
  public Trust trust() {
    return this == CHANNEL ? Trust.MANAGED : Trust.SEALED;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static RoomKind of(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new MalformedException("unknown kind of room " + code);
    }
    return BY_CODE[code - 1];
  }
}
