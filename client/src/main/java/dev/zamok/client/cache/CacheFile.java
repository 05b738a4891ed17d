package dev.zamok.client.cache;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.account.CacheKey;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;
import java.util.List;

/**
 * What is kept of a room, sealed in two parts that open at the same time: items say for themselves
 * of which version they are, so parts of different age harm nothing.
 *
 * <pre>
 * chain part ‖ items part ‖ size of the chain part u32
 * </pre>
 */
record CacheFile(Bytes chain, Bytes items) {
  private static final int SIZE_BYTES = 4;

  /** Of both parts before they are sealed; items that do not fit are fetched again. */
  static final int CONTENT_BYTES_MAX = 48 << 20;

  static Bytes seal(
      CacheKey key, RoomId room, CachedChain chain, List<CachedItem> items, SecureRandom random) {
    byte[] first = chain.encode();
    byte[] second = CachedItem.encode(items, CONTENT_BYTES_MAX - first.length);
    Bytes chainPart = key.seal(CacheKey.Part.CHAIN, room, first, random);
    Bytes itemsPart = key.seal(CacheKey.Part.ITEMS, room, second, random);
    return new ByteWriter(chainPart.size() + itemsPart.size() + SIZE_BYTES)
        .bytes(chainPart)
        .bytes(itemsPart)
        .u32(chainPart.size())
        .toBytes();
  }

  /** Fails with {@link CryptoFailure} for what is no such file. */
  static CacheFile split(Bytes file) {
    int end = file.size() - SIZE_BYTES;
    if (end < 0) {
      throw new CryptoFailure();
    }
    try {
      int at = file.slice(end, file.size()).reader().u32();
      if (at <= end) {
        return new CacheFile(file.slice(0, at), file.slice(at, end));
      }
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
    throw new CryptoFailure();
  }

  /** On any thread. Fails with {@link CryptoFailure}. */
  CachedChain chain(CacheKey key, RoomId room) {
    return CachedChain.decode(key.open(CacheKey.Part.CHAIN, room, chain));
  }

  /** On any thread. Fails with {@link CryptoFailure}. */
  List<CachedItem> items(CacheKey key, RoomId room) {
    return CachedItem.decode(key.open(CacheKey.Part.ITEMS, room, items));
  }

  @Override
  public String toString() {
    return "CacheFile[" + chain.size() + ", " + items.size() + "]";
  }
}
