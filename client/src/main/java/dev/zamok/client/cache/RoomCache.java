package dev.zamok.client.cache;

import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one room between runs. A file that does not open, whoever changed it, is as good
 * as none: everything is fetched and verified anew. An older one only means that more is to be
 * fetched: what is remembered of the room's chain apart from it says how far that must reach.
 * Belongs to the client's loop.
 */
public final class RoomCache {
  private final RoomId room;
  private final @Nullable CacheKey key;
  private final Profile profile;
  private final SecureRandom random;
  private @Nullable CachedRoom loaded;
  private boolean read;
  private boolean refused;
  private @Nullable Chain chain;
  private @Nullable Supplier<List<CachedRoom.CachedItem>> items;
  private @Nullable ChainHead written;
  private boolean itemsChanged;

  /** The verified chain, to be kept. */
  public interface Chain {
    /** Null when it is not there yet, or too long. */
    @Nullable List<Bytes> statements();

    ChainHead head();
  }

  RoomCache(RoomId room, @Nullable CacheKey key, Profile profile, SecureRandom random) {
    this.room = room;
    this.key = key;
    this.profile = profile;
    this.random = random;
  }

  /** What earlier runs verified; null when there is nothing that can be believed. */
  public @Nullable CachedRoom load() {
    if (!read) {
      read = true;
      loaded = open();
      written = loaded == null ? null : loaded.head();
    }
    return loaded;
  }

  private @Nullable CachedRoom open() {
    CacheKey opening = key;
    Bytes sealed = opening == null ? null : profile.cache(room);
    if (opening == null || sealed == null) {
      return null;
    }
    try {
      return CachedRoom.decode(opening.open(room, sealed));
    } catch (CryptoFailure e) {
      refused = true;
      return null;
    }
  }

  /** Whether there was something that was not what this account had written. */
  public boolean wasRefused() {
    return refused;
  }

  /** What was loaded does not hold: nothing of it is used. */
  public void refuse() {
    refused = true;
    loaded = null;
    written = null;
  }

  /** Lets go of what was loaded: who needed it has it. */
  public void taken() {
    loaded = null;
  }

  public void keep(Chain source) {
    chain = source;
  }

  public void keep(Supplier<List<CachedRoom.CachedItem>> source) {
    items = source;
  }

  /** Items were opened that are not in the file. */
  public void changed() {
    itemsChanged = true;
  }

  /** Writes what is known now, if it is more than the file says. */
  void flush() {
    CacheKey sealing = key;
    Chain now = chain;
    Supplier<List<CachedRoom.CachedItem>> opened = items;
    if (sealing == null || now == null || opened == null) {
      return;
    }
    List<Bytes> statements = now.statements();
    if (statements == null || (!itemsChanged && now.head().equals(written))) {
      return;
    }
    byte[] content = new CachedRoom(now.head(), statements, opened.get()).encode();
    profile.cache(room, sealing.seal(room, content, random));
    written = now.head();
    itemsChanged = false;
  }
}
