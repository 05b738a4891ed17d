package dev.zamok.crypto.message;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.chain.ChainHead;
import dev.zamok.crypto.epoch.EpochKey;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.crypto.seal.Seal01;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.DeviceId;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A message or signal, sealed under the epoch key and signed by its author, in all rooms.
 *
 * <pre>
 * context   = ctx("message", room 16, n u32, g u32, kind u8, tag 8, messageId 16 or zero)
 * AAD       = 01 ‖ context
 * body      = device 8 ‖ seq u64 ‖ time u64 ‖ i u32 ‖ h(S_i) 32 ‖ seen u64 ‖ length u32
 *             ‖ content ‖ zeros to a multiple of 64
 * plaintext = body ‖ sig 64
 * sig over ctx("message-sig", h(AAD), F, h(body))
 * envelope  = Suite 01 under K_n of plaintext
 * </pre>
 *
 * <p>Receivers take the context from the frame and F from the tag. Replays within the epoch are the
 * business of {@link SequenceTracker}; whether the author may write, of the chain.
 */
public final class MessageEnvelope {
  /** Sizes of plaintexts before the signature are multiples of this. */
  public static final int PADDING_BYTES = 64;

  private static final int HEAD_BYTES = DeviceId.SIZE + 8 + 8 + 4 + Hash.SIZE + Position.SIZE + 4;

  private static final int BODY_BYTES_MAX =
      (Entry.BODY_BYTES_MAX - Seal01.OVERHEAD_BYTES - VerifyKey.SIGNATURE_SIZE)
          / PADDING_BYTES
          * PADDING_BYTES;

  /** The largest content whose envelope fits an entry of the log. */
  public static final int CONTENT_BYTES_MAX = BODY_BYTES_MAX - HEAD_BYTES;

  private MessageEnvelope() {}

  /** At most {@link Entry#BODY_BYTES_MAX} bytes. */
  public static Bytes seal(
      EpochKey key, MessageAddress address, Message message, Identity author, SecureRandom random) {
    Bytes context = context(key, address);
    byte[] body = body(message);
    Bytes signature = author.sign(toSign(context, author.fingerprint(), Bytes.wrap(body)));
    byte[] plaintext = Arrays.copyOf(body, body.length + VerifyKey.SIGNATURE_SIZE);
    signature.copyTo(plaintext, body.length);
    try {
      return key.seal().seal(context, plaintext, random);
    } finally {
      Arrays.fill(body, (byte) 0);
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * Opens and verifies an envelope.
   *
   * @param author the card of the member whose tag the frame names. Fails with {@link
   *     CryptoFailure}.
   */
  public static Message open(EpochKey key, MessageAddress address, Card author, Bytes envelope) {
    Bytes context = context(key, address);
    Bytes plaintext = Bytes.wrap(key.seal().open(context, envelope));
    int bodyBytes = plaintext.size() - VerifyKey.SIGNATURE_SIZE;
    if (bodyBytes < HEAD_BYTES || bodyBytes > BODY_BYTES_MAX || bodyBytes % PADDING_BYTES != 0) {
      throw new CryptoFailure();
    }
    Bytes body = plaintext.slice(0, bodyBytes);
    Bytes signature = plaintext.slice(bodyBytes, plaintext.size());
    author.signing().verify(toSign(context, author.fingerprint(), body), signature);
    try {
      return parse(body);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new CryptoFailure();
    }
  }

  private static Message parse(Bytes body) {
    ByteReader reader = body.reader();
    DeviceId device = DeviceId.read(reader);
    long seq = reader.u64();
    long timeMillis = reader.u64();
    ChainHead chain = new ChainHead(reader.u32(), Hash.read(reader));
    Position seen = Position.read(reader);
    Bytes content = reader.bytes(reader.u32());
    if (reader.remaining() >= PADDING_BYTES) {
      throw new MalformedException("more padding than needed");
    }
    Bytes padding = reader.rest();
    for (int i = 0; i < padding.size(); i++) {
      if (padding.get(i) != 0) {
        throw new MalformedException("padding that is not zero");
      }
    }
    return new Message(device, seq, timeMillis, chain, seen, content);
  }

  private static byte[] body(Message message) {
    int size = HEAD_BYTES + message.content().size();
    ByteWriter writer = new ByteWriter(size);
    message.device().write(writer);
    writer
        .u64(message.seq())
        .u64(message.timeMillis())
        .u32(message.chain().index())
        .bytes(message.chain().hash().bytes());
    message.seen().write(writer);
    writer.u32(message.content().size()).bytes(message.content());
    int padded = (size + PADDING_BYTES - 1) / PADDING_BYTES * PADDING_BYTES;
    return Arrays.copyOf(writer.toByteArray(), padded);
  }

  private static Bytes context(EpochKey key, MessageAddress address) {
    return Context.of("message")
        .room(key.room())
        .u32(key.n())
        .u32(key.g())
        .u8(address.kind().code())
        .tag(address.tag())
        .bytes(address.id().toBytes())
        .toBytes();
  }

  private static Bytes toSign(Bytes context, Fingerprint author, Bytes body) {
    return Context.of("message-sig")
        .hash(Hash.of(Seal01.aad(context)))
        .bytes(author.bytes())
        .hash(Hash.of(body))
        .toBytes();
  }
}
