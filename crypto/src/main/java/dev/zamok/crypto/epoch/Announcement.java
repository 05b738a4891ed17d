package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.KeyId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/**
 * A timed reset to epoch n is coming at about {@code atMillis}: from now on members may fetch
 * {@code C_n}, at a random moment before.
 *
 * <pre>
 * ctx("announce", room 16, n u32, at u64) ‖ keyId 8 ‖ sig 64
 * </pre>
 *
 * <p>The signature covers everything before it. A parsed instance has the right shape; call {@link
 * #verify} before believing it. Immutable.
 */
public final class Announcement {
  /** In bytes; every announcement has it. */
  public static final int SIZE = 2 + 17 + 16 + 4 + 8 + KeyId.SIZE + 64;

  private static final String LABEL = "announce";

  private final RoomId room;
  private final int n;
  private final long atMillis;
  private final KeyId keyId;
  private final Bytes encoded;

  private Announcement(Bytes encoded) {
    ByteReader reader = encoded.reader();
    Context.expect(reader, LABEL);
    room = RoomId.read(reader);
    n = reader.u32();
    atMillis = reader.u64();
    keyId = KeyId.read(reader);
    reader.bytes(VerifyKey.SIGNATURE_SIZE);
    reader.end();
    if (n < 1 || atMillis < 0) {
      throw new MalformedException("announcement without epoch or time");
    }
    this.encoded = encoded;
  }

  /**
   * Signs the notice of a reset to come.
   *
   * @param n the epoch to come
   * @param atMillis milliseconds since 1970
   */
  public static Announcement sign(RoomId room, int n, long atMillis, SigningKey controlKey) {
    Bytes signed =
        Context.of(LABEL)
            .room(room)
            .u32(n)
            .u64(atMillis)
            .bytes(controlKey.publicKey().id().toBytes())
            .toBytes();
    ByteWriter whole = new ByteWriter(SIZE).bytes(signed).bytes(controlKey.sign(signed));
    return new Announcement(whole.toBytes());
  }

  /** Strict. Fails with {@link MalformedException}. */
  public static Announcement parse(Bytes encoded) {
    if (encoded.size() != SIZE) {
      throw new MalformedException("announcement of " + encoded.size() + " bytes");
    }
    return new Announcement(encoded);
  }

  /** Fails with {@link CryptoFailure} unless one of {@code keys} signed this. */
  public Announcement verify(ControlKeys keys) {
    int signature = encoded.size() - VerifyKey.SIGNATURE_SIZE;
    keys.verify(keyId, encoded.slice(0, signature), encoded.slice(signature, encoded.size()));
    return this;
  }

  public RoomId room() {
    return room;
  }

  public int n() {
    return n;
  }

  public long atMillis() {
    return atMillis;
  }

  public KeyId keyId() {
    return keyId;
  }

  /** With the signature. */
  public Bytes encoded() {
    return encoded;
  }

  @Override
  public String toString() {
    return "Announcement[" + room + ", " + n + ", " + atMillis + "]";
  }
}
