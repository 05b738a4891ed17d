package dev.zamok.crypto.chain;

import dev.zamok.crypto.Hash;

/** A statement of a chain, by index and hash: what clients pin and messages name. */
public record ChainHead(int index, Hash hash) {
  /** Of managed rooms, which have no chain. */
  public static final ChainHead NONE = new ChainHead(0, Hash.ZERO);

  public ChainHead {
    if (index < 0) {
      throw new IllegalArgumentException("negative index");
    }
  }
}
