package dev.zamok.crypto.parcel;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.room.Hpke;
import dev.zamok.crypto.seal.Seal02;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A copy of one secret for one account.
 *
 * <pre>
 * Parcel = 01 ‖ enc 32 ‖ ct 48 ‖ sealed ‖ sig 64
 * info   = h(ctx("parcel", id, expiry u64, recipientF, senderF))
 * enc ‖ ct = HPKE base (X25519, HKDF-SHA256, AES-256-GCM) of a fresh key 32 under info
 * sealed = Suite 02 under the key of length u32 ‖ content ‖ zeros to a multiple of 256,
 *          context ctx("parcel-body", info)
 * sig by the sender over ctx("parcel-sig", info, h(enc ‖ ct ‖ sealed))
 * </pre>
 *
 * <p>The recipient's fingerprint is signed and part of both keys: a copy for one opens for nobody
 * else, and nobody hands on another's as his own.
 */
public final class Parcel {
  /** Of a content, in bytes. */
  public static final int CONTENT_BYTES_MAX = 60_000;

  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int PADDING_BYTES = 256;
  private static final int WRAPPED_BYTES = Hpke.ENC_BYTES + KEY_BYTES + Hpke.TAG_BYTES;

  private Parcel() {}

  /** Fails with {@link CryptoFailure} for a recipient whose key is of low order. */
  public static Bytes seal(
      ParcelAddress address, Card recipient, Bytes content, Identity sender, SecureRandom random) {
    if (!recipient.fingerprint().equals(address.recipient())
        || !sender.fingerprint().equals(address.sender())) {
      throw new IllegalArgumentException("address of others");
    }
    if (content.size() > CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException("content of " + content.size() + " bytes");
    }
    Hash info = address.info();
    SecretBytes key = SecretBytes.random(random, KEY_BYTES);
    Bytes wrapped = Hpke.seal(recipient.agreement(), info.bytes(), key, random);
    Bytes body = Seal02.with(key).seal(bodyContext(info), padded(content), random);
    Bytes sealed =
        new ByteWriter(wrapped.size() + body.size()).bytes(wrapped).bytes(body).toBytes();
    return new ByteWriter(1 + sealed.size() + VerifyKey.SIGNATURE_SIZE)
        .u8(VERSION)
        .bytes(sealed)
        .bytes(sender.sign(toSign(info, sealed)))
        .toBytes();
  }

  /**
   * Checks the signature, then opens. Fails with {@link CryptoFailure}. Whether its time is over,
   * and whether the sender is somebody to take things from, is for the caller to ask.
   */
  public static Bytes open(ParcelAddress address, Card sender, Identity recipient, Bytes parcel) {
    int end = parcel.size() - VerifyKey.SIGNATURE_SIZE;
    if (end < 1 + WRAPPED_BYTES
        || parcel.get(0) != VERSION
        || !sender.fingerprint().equals(address.sender())
        || !recipient.fingerprint().equals(address.recipient())) {
      throw new CryptoFailure();
    }
    Hash info = address.info();
    Bytes sealed = parcel.slice(1, end);
    sender.signing().verify(toSign(info, sealed), parcel.slice(end, parcel.size()));
    SecretBytes key =
        Hpke.open(recipient.agreement(), info.bytes(), sealed.slice(0, WRAPPED_BYTES));
    if (key.size() != KEY_BYTES) {
      throw new CryptoFailure();
    }
    return content(
        Seal02.with(key).open(bodyContext(info), sealed.slice(WRAPPED_BYTES, sealed.size())));
  }

  private static byte[] padded(Bytes content) {
    byte[] raw =
        new ByteWriter(content.size() + 4).u32(content.size()).bytes(content).toByteArray();
    return Arrays.copyOf(raw, (raw.length + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES);
  }

  private static Bytes content(byte[] body) {
    try {
      ByteReader in = Bytes.wrap(body).reader();
      Bytes content = in.bytes(in.u32());
      if (!Arrays.equals(padded(content), body)) {
        throw new CryptoFailure();
      }
      return content;
    } catch (MalformedException e) {
      throw new CryptoFailure();
    }
  }

  private static Bytes bodyContext(Hash info) {
    return Context.of("parcel-body").hash(info).toBytes();
  }

  private static Bytes toSign(Hash info, Bytes sealed) {
    return Context.of("parcel-sig").hash(info).hash(Hash.of(sealed)).toBytes();
  }
}
