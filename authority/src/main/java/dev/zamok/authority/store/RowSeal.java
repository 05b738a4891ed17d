package dev.zamok.authority.store;

import dev.zamok.protocol.Bytes;

/**
 * Seals the bodies of rows, bound to their place and version. Fast enough for an event loop;
 * thread-safe.
 */
public interface RowSeal {
  Bytes seal(RowKey key, long version, Bytes body);

  /**
   * Fails with {@link dev.zamok.crypto.CryptoFailure} for a body that was changed, or moved here
   * from another row or version.
   */
  Bytes open(RowKey key, long version, Bytes sealed);

  /** Whether a body is sealed under the key that {@link #seal} uses now. */
  boolean isCurrent(Bytes sealed);
}
