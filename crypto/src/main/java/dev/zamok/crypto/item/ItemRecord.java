package dev.zamok.crypto.item;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import java.security.SecureRandom;

/**
 * An item as it is stored.
 *
 * <pre>
 * record     = wrap 61 ‖ body seal
 * wrap       = Suite 01 under kdf(M_g, -, ctx("item-wrap", room, g)) of a fresh itemKey 32
 * body seal  = Suite 02 under itemKey of the body
 * both with the context A of {@link ItemAddress}
 * recordHash = h(A ‖ record), which goes into the chain
 * </pre>
 *
 * <p>The item key is fresh for every version. Handing over one item means handing over its key, not
 * the secret of the room.
 */
public final class ItemRecord {
  /** The largest body, in bytes. */
  public static final int BODY_BYTES_MAX = 1 << 20;

  /** The largest record, in bytes. */
  public static final int BYTES_MAX =
      BODY_BYTES_MAX + 32 + Seal01.OVERHEAD_BYTES + Seal02.OVERHEAD_BYTES;

  private static final int KEY_BYTES = 32;
  private static final int WRAP_BYTES = KEY_BYTES + Seal01.OVERHEAD_BYTES;

  private ItemRecord() {}

  /** Seals {@code body}, at most {@link #BODY_BYTES_MAX} bytes. */
  public static Bytes seal(
      RoomSecret secret, ItemAddress address, byte[] body, SecureRandom random) {
    requireSame(secret, address);
    if (body.length > BODY_BYTES_MAX) {
      throw new IllegalArgumentException("item of " + body.length + " bytes");
    }
    Bytes context = address.context();
    SecretBytes key = SecretBytes.random(random, KEY_BYTES);
    Bytes wrap = wrapKey(secret).seal(context, key, random);
    Bytes sealed = Seal02.with(key).seal(context, body, random);
    key.destroy();
    return new ByteWriter(wrap.size() + sealed.size()).bytes(wrap).bytes(sealed).toBytes();
  }

  /** The body, which belongs to the caller. Fails with {@link CryptoFailure}. */
  public static byte[] open(RoomSecret secret, ItemAddress address, Bytes record) {
    return new Opener(secret).open(address, record);
  }

  /** Opens records of one generation of a room. Holds the key that their keys are wrapped under. */
  public static final class Opener {
    private final RoomSecret secret;
    private final Seal01 wrapKey;

    public Opener(RoomSecret secret) {
      this.secret = secret;
      this.wrapKey = wrapKey(secret);
    }

    /** On any thread. The body, which belongs to the caller. Fails with {@link CryptoFailure}. */
    public byte[] open(ItemAddress address, Bytes record) {
      requireSame(secret, address);
      if (record.size() < WRAP_BYTES || record.size() > BYTES_MAX) {
        throw new CryptoFailure();
      }
      Bytes context = address.context();
      SecretBytes key = wrapKey.openSecret(context, record.slice(0, WRAP_BYTES), KEY_BYTES);
      try {
        return Seal02.with(key).open(context, record.slice(WRAP_BYTES, record.size()));
      } finally {
        key.destroy();
      }
    }

    @Override
    public String toString() {
      return "Opener[" + secret + "]";
    }
  }

  /** {@code h(A ‖ record)}. */
  public static Hash hash(ItemAddress address, Bytes record) {
    Bytes context = address.context();
    return Hash.of(
        new ByteWriter(context.size() + record.size()).bytes(context).bytes(record).toBytes());
  }

  private static Seal01 wrapKey(RoomSecret secret) {
    return Seal01.with(secret.derive(Context.of("item-wrap").room(secret.room()).u32(secret.g())));
  }

  private static void requireSame(RoomSecret secret, ItemAddress address) {
    if (!secret.room().equals(address.room()) || secret.g() != address.g()) {
      throw new CryptoFailure();
    }
  }
}
