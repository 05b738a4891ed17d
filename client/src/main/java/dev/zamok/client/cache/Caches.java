package dev.zamok.client.cache;

import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept of the rooms of a session. Belongs to the client's loop. */
public final class Caches {
  private @Nullable CacheKey key;
  private final Profile profile;
  private final SecureRandom random;
  private final Map<RoomId, RoomCache> rooms = new HashMap<>();

  /**
   * @param key null to keep nothing
   */
  public Caches(@Nullable CacheKey key, Profile profile, SecureRandom random) {
    this.key = key;
    this.profile = profile;
    this.random = random;
  }

  public RoomCache room(RoomId room) {
    return rooms.computeIfAbsent(room, id -> new RoomCache(id, key, profile, random));
  }

  /** The account is in these alone: nothing is kept of others. */
  public void retain(Set<RoomId> present) {
    profile.retainCaches(present);
    rooms.keySet().retainAll(present);
  }

  /** Nothing is kept any more. */
  public void discard() {
    key = null;
    rooms.clear();
    profile.retainCaches(Set.of());
  }

  /** Writes what is more than the files say. */
  public void flush() {
    rooms.values().forEach(RoomCache::flush);
  }
}
