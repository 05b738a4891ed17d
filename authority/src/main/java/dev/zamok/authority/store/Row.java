package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;

/**
 * A row as it was read.
 *
 * @param version 1 after the insert, one more after each replacement
 * @param body sealed as it leaves a {@link Store}, in the clear as it leaves a {@link SealedStore}
 */
public record Row(RowKey key, long version, Bytes body) {
  /** Of a sealed body. A plaintext may have {@value SealedStore#BODY_BYTES_MAX}, a little less. */
  public static final int BODY_BYTES_MAX = 2 << 20;

  public Bytes sort() {
    return key.sort();
  }

  Row withBody(Bytes other) {
    return new Row(key, version, other);
  }
}
