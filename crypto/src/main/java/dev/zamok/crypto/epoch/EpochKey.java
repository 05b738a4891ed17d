package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Kdf;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.RoomId;

/**
 * {@code K_n = kdf(C_n ‖ M_g, H_n, ctx("epoch", room, n, g))}: seals the messages of one epoch.
 * Prepared once, used for every message of the epoch. Thread-safe.
 */
public final class EpochKey {
  private final RoomId room;
  private final int n;
  private final int g;
  private final Seal01 seal;

  private EpochKey(RoomId room, int n, int g, Seal01 seal) {
    this.room = room;
    this.n = n;
    this.g = g;
    this.seal = seal;
  }

  /**
   * Of what the caller knows to belong together; see {@link #derive(Rekey, AuthorityShare,
   * RoomSecret)}.
   */
  public static EpochKey derive(AuthorityShare authority, RoomSecret secret, HubShare hub) {
    if (!authority.room().equals(secret.room())) {
      throw new IllegalArgumentException("shares of two rooms");
    }
    RoomId room = authority.room();
    Context info = Context.of("epoch").room(room).u32(authority.n()).u32(secret.g());
    SecretBytes ikm = SecretBytes.join(authority.share(), secret.secret());
    SecretBytes key = Kdf.derive(ikm, hub.bytes(), info.toBytes());
    try {
      return new EpochKey(room, authority.n(), secret.g(), Seal01.with(key));
    } finally {
      ikm.destroy();
      key.destroy();
    }
  }

  /**
   * The key that a verified rekey starts. Fails with {@link CryptoFailure} unless all three fit.
   */
  public static EpochKey derive(Rekey rekey, AuthorityShare authority, RoomSecret secret) {
    if (!rekey.matches(authority) || !rekey.matches(secret)) {
      throw new CryptoFailure();
    }
    return derive(authority, secret, rekey.hubShare());
  }

  public RoomId room() {
    return room;
  }

  public int n() {
    return n;
  }

  public int g() {
    return g;
  }

  /** What messages are sealed with; not for other uses. */
  public Seal01 seal() {
    return seal;
  }

  @Override
  public String toString() {
    return "EpochKey[" + room + ", " + n + ", " + g + "]";
  }
}
