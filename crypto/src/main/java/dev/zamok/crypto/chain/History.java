package dev.zamok.crypto.chain;

import dev.zamok.protocol.MalformedException;

/** What a newcomer may read of the time before him. */
public enum History {
  FULL(1),
  /** Every join starts a new generation. */
  FROM_JOIN(2),
  /** Nothing is archived; the only policy with forward secrecy. */
  NONE(3);

  private static final History[] BY_CODE = values();

  private final int code;

  History(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Fails with {@link MalformedException} for a code that is not assigned. */
  public static History of(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new MalformedException("unknown history policy " + code);
    }
    return BY_CODE[code - 1];
  }
}
