package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;

/** What a statement does with a folder of a room. */
public enum ChildAct {
  /** It is one of its folders from here on. */
  ADD(1),
  /** It is none any more. */
  REMOVE(2);

  private final int code;

  ChildAct(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static ChildAct of(int code) {
    return switch (code) {
      case 1 -> ADD;
      case 2 -> REMOVE;
      default -> throw new MalformedException("unknown act on a folder " + code);
    };
  }
}
