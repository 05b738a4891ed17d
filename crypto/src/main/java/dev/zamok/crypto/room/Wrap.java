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
   * was a member of {@code chain} who could have the secret: a reader or above now, or right after
   * the generation was made. Fails with {@link CryptoFailure}.
   */
  public static RoomSecret open(
      Bytes wrap, RoomChain chain, int g, Card wrapper, Identity recipient) {
    ChainGeneration generation = chain.generation(g);
    if (generation == null || !couldWrap(chain, generation, wrapper.fingerprint())) {
      throw new CryptoFailure();
    }
    return open(wrap, chain, generation, wrapper, recipient);
  }

  private static RoomSecret open(
      Bytes wrap, RoomChain chain, ChainGeneration generation, Card wrapper, Identity recipient) {
    if (wrap.size() != SIZE || wrap.get(0) != VERSION) {
      throw new CryptoFailure();
    }
    Hash info =
        info(
            chain.roomId(),
            generation.g(),
            generation.statement(),
            recipient.fingerprint(),
            wrapper.fingerprint());
    int signature = SIZE - VerifyKey.SIGNATURE_SIZE;
    Bytes sealed = wrap.slice(1, signature);
    wrapper.signing().verify(toSign(info, sealed), wrap.slice(signature, SIZE));
    SecretBytes secret = Hpke.open(recipient.agreement(), info.bytes(), sealed);
    return new RoomSecret(chain.roomId(), generation.g(), secret).require(generation.commit());
  }

  private static boolean couldWrap(
      RoomChain chain, ChainGeneration generation, Fingerprint wrapper) {
    return chain.role(wrapper).atLeast(Role.READER)
        || chain.roleAt(wrapper, generation.index()).atLeast(Role.READER);
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
