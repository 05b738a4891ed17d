package dev.zamok.protocol;

/** What an entry of the log of a room is. */
public enum EntryKind {
  /** A sealed message of a member. */
  MESSAGE(1),
  /**
   * A new epoch: the body is the signed rekey, {@code epoch} the new one; it governs the positions
   * after its own.
   */
  REKEY(2),
  /**
   * A timed reset is coming: signed by the authority, it lets clients fetch their shares with
   * jitter.
   */
  ANNOUNCE(3),
  /** The epochs below {@code epoch} are accepted no longer. */
  CLOSE(4),
  /** A member is out: the body is the tag and the lowest member version admitted again (u32). */
  EVICT(5),
  /** Membership or rights changed: a hint to read the chain or the member list. */
  MEMBER(6),
  /** An item changed: a hint to fetch it. */
  ITEM(7);

  private static final EntryKind[] BY_CODE = values();

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Only the lease holder appends these, and no overload refuses them. */
  public boolean isAuthority() {
    return this == REKEY || this == ANNOUNCE || this == CLOSE || this == EVICT;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static EntryKind of(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new MalformedException("P-031 entry of unknown kind " + code);
    }
    return BY_CODE[code - 1];
  }
}
