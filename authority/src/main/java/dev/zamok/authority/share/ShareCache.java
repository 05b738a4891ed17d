package dev.zamok.authority.share;

import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.protocol.RoomId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Derived shares, which never change. At most {@value #SHARES_MAX}; the least recently used go
 * first. Belongs to the event loop of the authority.
 */
final class ShareCache {
  static final int SHARES_MAX = 4_096;

  private final Map<Key, AuthorityShare> shares =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, AuthorityShare> eldest) {
          return size() > SHARES_MAX;
        }
      };

  private record Key(RoomId room, int n) {}

  /** What cannot be derived is not remembered. */
  @Nullable AuthorityShare get(RoomId room, int n, Supplier<@Nullable AuthorityShare> derive) {
    Key key = new Key(room, n);
    AuthorityShare known = shares.get(key);
    if (known != null) {
      return known;
    }
    AuthorityShare derived = derive.get();
    if (derived != null) {
      shares.put(key, derived);
    }
    return derived;
  }
}
