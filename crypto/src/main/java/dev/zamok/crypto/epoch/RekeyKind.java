package dev.zamok.crypto.epoch;

import dev.zamok.protocol.MalformedException;

/** How an epoch came about. */
public enum RekeyKind {
  /** Members roll their share forward themselves. */
  RATCHET(1),
  /** A fresh share, announced before. */
  TIMED_RESET(2),
  /** A fresh share at once: somebody was shut out. */
  IMMEDIATE_RESET(3);

  private final int code;

  RekeyKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public boolean isReset() {
    return this != RATCHET;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static RekeyKind of(int code) {
    return switch (code) {
      case 1 -> RATCHET;
      case 2 -> TIMED_RESET;
      case 3 -> IMMEDIATE_RESET;
      default -> throw new MalformedException("unknown kind of rekey " + code);
    };
  }
}
