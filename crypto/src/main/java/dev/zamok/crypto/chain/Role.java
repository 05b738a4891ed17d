package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;

/**
 * What a member may do in a room. What he may read and write, and what he may change about others,
 * are two things: a steward administers without reading.
 */
public enum Role {
  /** Known, without any right: reads nothing. */
  NONE(0, 0, 0),
  READER(1, 1, 1),
  /** Writes messages and items, and makes an owed generation. */
  WRITER(2, 2, 2),
  /** Changes members that are not above itself. */
  ADMIN(3, 3, 3),
  /** Alone makes and unmakes owners. */
  OWNER(4, 4, 4),
  /** Changes members like an admin and reads nothing; of folders only. */
  STEWARD(5, 0, 3);

  private static final Role[] BY_CODE = values();

  private final int code;
  private final int access;
  private final int rank;

  Role(int code, int access, int rank) {
    this.code = code;
    this.access = access;
    this.rank = rank;
  }

  public int code() {
    return code;
  }

  /** Whether it may read and write what {@code other} may; a steward may nothing of it. */
  public boolean atLeast(Role other) {
    return access >= other.access;
  }

  /** Whether it changes members. */
  public boolean administers() {
    return rank >= ADMIN.rank;
  }

  /** Whether it stands at or above {@code other} where members are changed. */
  boolean ranksWith(Role other) {
    return rank >= other.rank;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static Role of(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedException("unknown role " + code);
    }
    return BY_CODE[code];
  }
}
