package dev.zamok.crypto.room;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.chain.ChainGeneration;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.security.SecureRandom;

/**
 * A room secret handed by one member to another, 145 bytes.
 *
 * <pre>
 * Wrap = 01 ‖ enc 32 ‖ ct 48 ‖ sig 64
 * info = h(ctx("wrap", room, g, h(generation statement), recipientF, wrapperF))
 * enc ‖ ct = HPKE base (X25519, HKDF-SHA256, AES-256-GCM) of M_g under info, no additional data
 * sig by the wrapper over ctx("wrap-sig", info, enc, ct)
 * </pre>
 */
public final class Wrap {
  public static final int SIZE =
      1 + Hpke.ENC_BYTES + RoomSecret.SIZE + Hpke.TAG_BYTES + VerifyKey.SIGNATURE_SIZE;

  private static final int VERSION = 1;

  private Wrap() {}

  /**
   * Wraps {@code secret} for one member.
   *
   * @param statement the hash of the statement that made the generation
   */
  public static Bytes seal(
      RoomSecret secret, Hash statement, Card recipient, Identity wrapper, SecureRandom random) {
    Hash info =
        info(secret.room(), secret.g(), statement, recipient.fingerprint(), wrapper.fingerprint());
    Bytes sealed = Hpke.seal(recipient.agreement(), info.bytes(), secret.secret(), random);
    return new ByteWriter(SIZE)
        .u8(VERSION)
        .bytes(sealed)
        .bytes(wrapper.sign(toSign(info, sealed)))
        .toBytes();
  }

  /**
   * Opens a wrap of {@code generation}, checking signature, commitment, and that the wrapper is or
   * was a reader or above of {@code chain}, since the generation was made. Fails with {@link
   * CryptoFailure}.
   */
  public static RoomSecret open(
      Bytes wrap, RoomChain chain, int g, Card wrapper, Identity recipient) {
    ChainGeneration generation = chain.generation(g);
    if (generation == null
        || !chain.hadRoleSince(wrapper.fingerprint(), Role.READER, generation.index())) {
      throw new CryptoFailure();
    }
    return open(wrap, chain, generation, wrapper, recipient);
  }

  /**
   * What a server can check of a wrap that it stores: shape and signature. Fails with {@link
   * CryptoFailure}.
   */
  public static void requireSignedBy(
      Bytes wrap, Hash statement, RoomId room, int g, Fingerprint recipient, Card wrapper) {
    if (wrap.size() != SIZE || wrap.get(0) != VERSION) {
      throw new CryptoFailure();
    }
    Hash info = info(room, g, statement, recipient, wrapper.fingerprint());
    int signature = SIZE - VerifyKey.SIGNATURE_SIZE;
    wrapper.signing().verify(toSign(info, wrap.slice(1, signature)), wrap.slice(signature, SIZE));
  }

  private static RoomSecret open(
      Bytes wrap, RoomChain chain, ChainGeneration generation, Card wrapper, Identity recipient) {
    Fingerprint to = recipient.fingerprint();
    int g = generation.g();
    requireSignedBy(wrap, generation.statement(), chain.roomId(), g, to, wrapper);
    Hash info = info(chain.roomId(), g, generation.statement(), to, wrapper.fingerprint());
    Bytes sealed = wrap.slice(1, SIZE - VerifyKey.SIGNATURE_SIZE);
    SecretBytes secret = Hpke.open(recipient.agreement(), info.bytes(), sealed);
    return new RoomSecret(chain.roomId(), g, secret).require(generation.commit());
  }

  private static Hash info(
      RoomId room, int g, Hash statement, Fingerprint recipient, Fingerprint wrapper) {
    return Hash.of(
        Context.of("wrap")
            .room(room)
            .u32(g)
            .hash(statement)
            .bytes(recipient.bytes())
            .bytes(wrapper.bytes())
            .toBytes());
  }

  private static Bytes toSign(Hash info, Bytes encAndCt) {
    return Context.of("wrap-sig").hash(info).bytes(encAndCt).toBytes();
  }
}
