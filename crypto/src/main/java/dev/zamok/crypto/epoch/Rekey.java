package dev.zamok.crypto.epoch;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.SigningKey;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.room.RoomSecret;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.KeyId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/**
 * The entry that starts an epoch; it governs the positions after its own. 273 bytes.
 *
 * <pre>
 * R_n = ctx("rekey", room 16, n u32, g u32, kind u8, H_n 32, check 32, commit 32,
 *           h(S_i) 32 or zero, h(R_(n-1)) 32 or zero) ‖ keyId 8 ‖ sig 64
 * </pre>
 *
 * <p>The signature, by the authority's control key, and the hash cover everything before the
 * signature. A parsed instance has the right shape; call {@link #verify} before believing it.
 * Immutable.
 */
public final class Rekey {
  /** In bytes; every rekey has it. */
  public static final int SIZE = 2 + 14 + 16 + 4 + 4 + 1 + 5 * 32 + KeyId.SIZE + 64;

  private static final String LABEL = "rekey";

  private final RekeyTerms terms;
  private final KeyId keyId;
  private final Bytes encoded;
  private final Hash hash;

  private Rekey(Bytes encoded) {
    ByteReader reader = encoded.reader();
    Context.expect(reader, LABEL);
    terms =
        new RekeyTerms(
            RoomId.read(reader),
            reader.u32(),
            reader.u32(),
            RekeyKind.of(reader.u8()),
            HubShare.read(reader),
            Hash.read(reader),
            Hash.read(reader),
            Hash.read(reader),
            Hash.read(reader));
    keyId = KeyId.read(reader);
    reader.bytes(VerifyKey.SIGNATURE_SIZE);
    reader.end();
    this.encoded = encoded;
    hash = Hash.of(signed());
  }

  public static Rekey sign(RekeyTerms terms, SigningKey controlKey) {
    Bytes signed =
        Context.of(LABEL)
            .room(terms.room())
            .u32(terms.n())
            .u32(terms.g())
            .u8(terms.kind().code())
            .bytes(terms.hubShare().bytes())
            .hash(terms.check())
            .hash(terms.commit())
            .hash(terms.chain())
            .hash(terms.previous())
            .bytes(controlKey.publicKey().id().toBytes())
            .toBytes();
    ByteWriter whole = new ByteWriter(SIZE).bytes(signed).bytes(controlKey.sign(signed));
    return new Rekey(whole.toBytes());
  }

  /** Strict. Fails with {@link MalformedException}. */
  public static Rekey parse(Bytes encoded) {
    if (encoded.size() != SIZE) {
      throw new MalformedException("rekey of " + encoded.size() + " bytes");
    }
    return new Rekey(encoded);
  }

  /** Fails with {@link CryptoFailure} unless one of {@code keys} signed this. */
  public Rekey verify(ControlKeys keys) {
    keys.verify(keyId, signed(), encoded.slice(signed().size(), encoded.size()));
    return this;
  }

  /**
   * Fails with {@link CryptoFailure} unless this is the rekey right after {@code previous}: same
   * room, next epoch, the hash of the other, no older generation, and only a reset for a new one.
   */
  public Rekey requireFollows(Rekey previous) {
    RekeyTerms before = previous.terms;
    boolean follows =
        terms.room().equals(before.room())
            && terms.n() == before.n() + 1
            && terms.previous().equals(previous.hash)
            && terms.g() >= before.g()
            && (terms.kind().isReset() || terms.g() == before.g());
    if (!follows) {
      throw new CryptoFailure();
    }
    return this;
  }

  /** Whether this share is the one the rekey checks. */
  public boolean matches(AuthorityShare share) {
    return share.room().equals(terms.room())
        && share.n() == terms.n()
        && share.check().equals(terms.check());
  }

  /** Whether the rekey commits to this secret. */
  public boolean matches(RoomSecret secret) {
    return secret.room().equals(terms.room())
        && secret.g() == terms.g()
        && secret.commit().equals(terms.commit());
  }

  public RekeyTerms terms() {
    return terms;
  }

  public RoomId room() {
    return terms.room();
  }

  public int n() {
    return terms.n();
  }

  public int g() {
    return terms.g();
  }

  public RekeyKind kind() {
    return terms.kind();
  }

  public HubShare hubShare() {
    return terms.hubShare();
  }

  public KeyId keyId() {
    return keyId;
  }

  /** {@code h(R_n)}, over everything but the signature. */
  public Hash hash() {
    return hash;
  }

  /** With the signature. */
  public Bytes encoded() {
    return encoded;
  }

  private Bytes signed() {
    return encoded.slice(0, encoded.size() - VerifyKey.SIGNATURE_SIZE);
  }

  @Override
  public String toString() {
    return "Rekey[" + room() + ", " + n() + ", " + g() + ", " + kind() + "]";
  }
}
