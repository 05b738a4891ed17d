package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;

/** What a member may do in a room; every role includes those before it. */
public enum Role {
  /** Known, without any right: reads nothing. */
  NONE(0),
  READER(1),
  /** Writes messages and items, and makes an owed generation. */
  WRITER(2),
  /** Changes members that are not above itself. */
  ADMIN(3),
  /** Alone makes and unmakes owners. */
  OWNER(4);

  private static final Role[] BY_CODE = values();

  private final int code;

  Role(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public boolean atLeast(Role other) {
    return code >= other.code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static Role of(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedException("unknown role " + code);
    }
    return BY_CODE[code];
  }
}
