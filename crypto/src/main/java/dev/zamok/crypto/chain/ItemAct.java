package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;

/** What a statement does to an item. */
public enum ItemAct {
  PUT(1),
  /** For good: no later version follows. */
  REMOVE(2);

  private final int code;

  ItemAct(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static ItemAct of(int code) {
    return switch (code) {
      case 1 -> PUT;
      case 2 -> REMOVE;
      default -> throw new MalformedException("unknown act on an item " + code);
    };
  }
}
