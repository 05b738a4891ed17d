package dev.zamok.crypto.account;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;

/**
 * Seals what a client keeps of a room between runs: whoever has the files alone learns its size and
 * cannot change it unnoticed.
 *
 * <pre>
 * part    = Suite 02 of its content under kdf(UK, -, ctx("cache-key", account))
 * context = ctx("cache", account, room) of the chain, ctx("cache-items", account, room) of items
 * </pre>
 */
public final class CacheKey {
  private final AccountId account;
  private final Seal02 seal;

  /** What is sealed: neither opens in the other's place. */
  public enum Part {
    CHAIN("cache"),
    ITEMS("cache-items");

    private final String label;

    Part(String label) {
      this.label = label;
    }
  }

  private CacheKey(AccountId account, Seal02 seal) {
    this.account = account;
    this.seal = seal;
  }

  /** It goes on when {@code key} is destroyed. */
  public static CacheKey of(UnlockKey key, AccountId account) {
    Context info = Context.of("cache-key").account(account);
    return new CacheKey(account, Seal02.with(Kdf.derive(key.key(), info)));
  }

  public Bytes seal(Part part, RoomId room, byte[] content, SecureRandom random) {
    return seal.seal(context(part, room), content, random);
  }

  /** Fails with {@link CryptoFailure}. */
  public byte[] open(Part part, RoomId room, Bytes sealed) {
    return seal.open(context(part, room), sealed);
  }

  private Bytes context(Part part, RoomId room) {
    return Context.of(part.label).account(account).room(room).toBytes();
  }

  @Override
  public String toString() {
    return "CacheKey[]";
  }
}
