package dev.zamok.protocol;

/** Who can read a room. The first byte of its id. */
public enum Trust {
  /** The authority made the room secret and can read (search, bots, compliance). */
  MANAGED(1),
  /** A client made the room secret: no server can read. */
  SEALED(2);

  private final int code;

  Trust(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static Trust of(int code) {
    return switch (code) {
      case 1 -> MANAGED;
      case 2 -> SEALED;
      default -> throw new MalformedException("P-006 room id of an unknown kind");
    };
  }
}
