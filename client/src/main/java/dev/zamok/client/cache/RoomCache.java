package dev.zamok.client.cache;

import dev.zamok.client.loop.Loop;
import dev.zamok.client.profile.Profile;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private @Nullable CompletableFuture<@Nullable Restored> loading;
  private @Nullable List<CachedItem> loaded;
  private @Nullable Chain chain;
  private @Nullable Supplier<List<CachedItem>> items;
  private @Nullable ChainHead written;
  private boolean itemsChanged;

  /** The verified chain, to be kept. */
  public interface Chain {
    /** Null when it is not there yet, or too long. */
    @Nullable List<Bytes> statements();

    ChainHead head();

    /** Of the people in it. */
    List<CachedChain.Card> cards();
  }

  RoomCache(RoomId room, @Nullable CacheKey key, Profile profile, SecureRandom random) {
    this.room = room;
    this.key = key;
    this.profile = profile;
    this.random = random;
  }

  /**
   * What earlier runs verified of the chain; null when there is nothing that can be believed. Read
   * once, and opened aside of the loop, with the items.
   */
  public CompletableFuture<@Nullable Restored> load(Loop loop) {
    CompletableFuture<@Nullable Restored> begun = loading;
    if (begun == null) {
      begun = open(loop);
      loading = begun;
    }
    return begun;
  }

  private CompletableFuture<@Nullable Restored> open(Loop loop) {
    CacheKey opening = key;
    Bytes file = opening == null ? null : profile.cache(room);
    if (opening == null || file == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Restored> chain =
        loop.aside(
            () -> orNull(() -> Restored.of(room, CacheFile.split(file).chain(opening, room))));
    CompletableFuture<@Nullable List<CachedItem>> bodies =
        loop.aside(() -> orNull(() -> CacheFile.split(file).items(opening, room)));
    return chain.thenCombine(
        bodies,
        (restored, opened) -> {
          if (restored == null || opened == null) {
            return null;
          }
          loaded = opened;
          written = restored.chain().head();
          return restored;
        });
  }

  private static <T> @Nullable T orNull(Supplier<T> open) {
    try {
      return open.get();
    } catch (CryptoFailure e) {
      return null;
    }
  }

  /** The items of earlier runs, once {@link #load} is done; null when there are none, or taken. */
  public @Nullable List<CachedItem> loaded() {
    return loaded;
  }

  /** Lets go of what was loaded: who needed it has it. */
  public void taken() {
    loaded = null;
    if (loading != null) {
      loading = CompletableFuture.completedFuture(null);
    }
  }

  public void keep(Chain source) {
    chain = source;
  }

  public void keep(Supplier<List<CachedItem>> source) {
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
    Supplier<List<CachedItem>> opened = items;
    if (sealing == null || now == null || opened == null) {
      return;
    }
    List<Bytes> statements = now.statements();
    if (statements == null || (!itemsChanged && now.head().equals(written))) {
      return;
    }
    CachedChain verified = new CachedChain(now.head(), statements, now.cards());
    profile.cache(room, CacheFile.seal(sealing, room, verified, opened.get(), random));
    written = now.head();
    itemsChanged = false;
  }
}
