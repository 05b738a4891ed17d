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
 * sealed  = Suite 02 of the content under kdf(UK, -, ctx("cache-key", account))
 * context = ctx("cache", account, room)
 * </pre>
 */
public final class CacheKey {
  private final AccountId account;
  private final Seal02 seal;

  private CacheKey(AccountId account, Seal02 seal) {
    this.account = account;
    this.seal = seal;
  }

  /** It goes on when {@code key} is destroyed. */
  public static CacheKey of(UnlockKey key, AccountId account) {
    Context info = Context.of("cache-key").account(account);
    return new CacheKey(account, Seal02.with(Kdf.derive(key.key(), info)));
  }

  public Bytes seal(RoomId room, byte[] content, SecureRandom random) {
    return seal.seal(context(room), content, random);
  }

  /** Fails with {@link CryptoFailure}. */
  public byte[] open(RoomId room, Bytes sealed) {
    return seal.open(context(room), sealed);
  }

  private Bytes context(RoomId room) {
    return Context.of("cache").account(account).room(room).toBytes();
  }

  @Override
  public String toString() {
    return "CacheKey[]";
  }
}
