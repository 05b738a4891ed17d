package dev.zamok.crypto.room;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;

/**
 * {@code M_g}, the secret of generation g of a room: 32 random bytes that members share. Never a
 * key itself; everything is derived from it, under a context that names room and generation.
 * Thread-safe.
 */
public final class RoomSecret {
  public static final int SIZE = 32;

  private final RoomId room;
  private final int g;
  private final SecretBytes secret;

  /** Keeps {@code secret}, 32 bytes. */
  public RoomSecret(RoomId room, int g, SecretBytes secret) {
    if (g < 1) {
      throw new IllegalArgumentException("generation " + g);
    }
    this.room = room;
    this.g = g;
    this.secret = secret.requireSize(SIZE);
  }

  public static RoomSecret random(RoomId room, int g, SecureRandom random) {
    return new RoomSecret(room, g, SecretBytes.random(random, SIZE));
  }

  public RoomId room() {
    return room;
  }

  public int g() {
    return g;
  }

  /** The secret itself: for wraps, for key derivation, and for the authority's sealed rows. */
  public SecretBytes secret() {
    return secret;
  }

  /** {@code commit = kdf(M_g, -, ctx("secret-commit", room, g))}. Public. */
  public Hash commit() {
    return Kdf.commit(secret, Context.of("secret-commit").room(room).u32(g));
  }

  /** Fails with {@link CryptoFailure} unless {@code commit} commits to this secret. */
  public RoomSecret require(Hash commit) {
    if (!commit().equals(commit)) {
      throw new CryptoFailure();
    }
    return this;
  }

  /** A key for one purpose: {@code kdf(M_g, -, info)}; {@code info} names room and generation. */
  public SecretBytes derive(Context info) {
    return Kdf.derive(secret, info);
  }

  /**
   * {@code M_(g-1)} sealed under this secret, 61 bytes, so that a newcomer who may read everything
   * needs one wrap: Suite 01 under {@code kdf(M_g, -, c)} with the context {@code c = ctx("prev",
   * room, g)}.
   */
  public Bytes prevLink(RoomSecret previous, SecureRandom random) {
    if (!previous.room.equals(room) || previous.g != g - 1) {
      throw new IllegalArgumentException("not the generation before");
    }
    Context context = linkContext();
    return Seal01.with(derive(context)).seal(context.toBytes(), previous.secret, random);
  }

  /**
   * The secret of the generation before this one.
   *
   * @param commit of that generation, from the chain. Fails with {@link CryptoFailure}.
   */
  public RoomSecret openPrevLink(Bytes link, Hash commit) {
    if (g < 2) {
      throw new CryptoFailure();
    }
    Context context = linkContext();
    SecretBytes previous = Seal01.with(derive(context)).openSecret(context.toBytes(), link, SIZE);
    return new RoomSecret(room, g - 1, previous).require(commit);
  }

  private Context linkContext() {
    return Context.of("prev").room(room).u32(g);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RoomSecret that
        && room.equals(that.room)
        && g == that.g
        && secret.equals(that.secret);
  }

  @Override
  public int hashCode() {
    return 31 * room.hashCode() + g;
  }

  @Override
  public String toString() {
    return "RoomSecret[" + room + ", " + g + "]";
  }
}
