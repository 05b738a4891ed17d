package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;

/**
 * {@code C_n}, the authority's share of epoch n of a room, 32 bytes: random after a reset, derived
 * from the last one after a ratchet. Served to current members over HTTPS; never in the log.
 * Thread-safe.
 */
public final class AuthorityShare {
  public static final int SIZE = 32;

  private final RoomId room;
  private final int n;
  private final SecretBytes share;

  /** Keeps {@code share}, 32 bytes. */
  public AuthorityShare(RoomId room, int n, SecretBytes share) {
    if (n < 1) {
      throw new IllegalArgumentException("epoch " + n);
    }
    this.room = room;
    this.n = n;
    this.share = share.requireSize(SIZE);
  }

  /** As after a reset. */
  public static AuthorityShare random(RoomId room, int n, SecureRandom random) {
    return new AuthorityShare(room, n, SecretBytes.random(random, SIZE));
  }

  public RoomId room() {
    return room;
  }

  public int n() {
    return n;
  }

  /** The share itself: for whoever serves or stores it. */
  public SecretBytes share() {
    return share;
  }

  /**
   * The share of the next epoch after a ratchet: {@code C_n = kdf(C_(n-1), H_n, ctx("share", room,
   * n))}.
   */
  public AuthorityShare ratchet(HubShare next) {
    Context info = Context.of("share").room(room).u32(n + 1);
    SecretBytes derived = Kdf.derive(share, next.bytes(), info.toBytes());
    return new AuthorityShare(room, n + 1, derived);
  }

  /** {@code check = kdf(C_n, -, ctx("share-check", room, n))}. Public. */
  public Hash check() {
    return Kdf.commit(share, Context.of("share-check").room(room).u32(n));
  }

  /** Fails with {@link CryptoFailure} unless {@code check} is the one of this share. */
  public AuthorityShare require(Hash check) {
    if (!check().equals(check)) {
      throw new CryptoFailure();
    }
    return this;
  }

  /** Zeroes the share. */
  public void destroy() {
    share.destroy();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthorityShare that
        && room.equals(that.room)
        && n == that.n
        && share.equals(that.share);
  }

  @Override
  public int hashCode() {
    return 31 * room.hashCode() + n;
  }

  @Override
  public String toString() {
    return "AuthorityShare[" + room + ", " + n + "]";
  }
}
