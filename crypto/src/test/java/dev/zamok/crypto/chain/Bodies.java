package dev.zamok.crypto.chain;

import dev.zamok.protocol.Bytes;

/** Bodies of operations, for tests that sign what the rules forbid. */
public final class Bodies {
  private Bodies() {}

  public static Bytes of(ChainOp op) {
    return ChainOpCodec.body(op);
  }
}
