package dev.zamok.crypto.chain;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.identity.VerifyKey;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/**
 * One signed statement of a chain.
 *
 * <pre>
 * S_i = ctx("chain", room 16, i u32, h(S_(i-1)) 32, authorF 32, time u64, op u8, L(body)) ‖ sig 64
 * </pre>
 *
 * <p>Room and previous hash are zero in S_0. The hash and the signature cover everything before the
 * signature. A parsed instance has the right shape; its signature and its right to be there are
 * checked by {@link RoomChain}. Immutable.
 */
public final class Statement {
  /** Enough for every statement. */
  public static final int BYTES_MAX = 512;

  static final RoomId NO_ROOM = new RoomId(0, 0);

  private static final String LABEL = "chain";

  private final RoomId room;
  private final int index;
  private final Hash previous;
  private final Fingerprint author;
  private final long timeMillis;
  private final ChainOp op;
  private final Bytes encoded;
  private final Hash hash;

  private Statement(Bytes encoded) {
    ByteReader reader = encoded.reader();
    Context.expect(reader, LABEL);
    room = RoomId.read(reader);
    index = reader.u32();
    previous = Hash.read(reader);
    author = Fingerprint.read(reader);
    timeMillis = reader.u64();
    int code = reader.u8();
    Bytes body = reader.sized();
    reader.bytes(VerifyKey.SIGNATURE_SIZE);
    reader.end();
    boolean first = index == 0;
    if (timeMillis < 0 || first != room.equals(NO_ROOM) || first != previous.isZero()) {
      throw new MalformedException("statement that is neither a first nor a later one");
    }
    op = ChainOpCodec.decode(code, body);
    this.encoded = encoded;
    hash = Hash.of(signed());
  }

  /**
   * Strict. Fails with {@link MalformedException}, with {@link ChainException} for an operation it
   * does not know.
   */
  public static Statement parse(Bytes encoded) {
    if (encoded.size() > BYTES_MAX) {
      throw new MalformedException("statement of " + encoded.size() + " bytes");
    }
    return new Statement(encoded);
  }

  /** S_0 of a new room. Its hash gives the id of the room: {@link #roomIdOfFirst}. */
  public static Statement create(ChainOp.Create op, long timeMillis, Identity author) {
    return sign(NO_ROOM, new ChainHead(0, Hash.ZERO), op, timeMillis, author);
  }

  /** The statement at {@code at.index()} after the one with the hash {@code at.hash()}. */
  static Statement sign(RoomId room, ChainHead at, ChainOp op, long timeMillis, Identity author) {
    Bytes signed =
        Context.of(LABEL)
            .room(room)
            .u32(at.index())
            .hash(at.hash())
            .bytes(author.fingerprint().bytes())
            .u64(timeMillis)
            .u8(op.code())
            .sized(ChainOpCodec.body(op))
            .toBytes();
    ByteWriter whole = new ByteWriter(signed.size() + VerifyKey.SIGNATURE_SIZE);
    return new Statement(whole.bytes(signed).bytes(author.sign(signed)).toBytes());
  }

  /** Fails with {@link CryptoFailure} unless {@code card} is the author's and signed this. */
  void verify(Card card) {
    if (!card.fingerprint().equals(author)) {
      throw new CryptoFailure();
    }
    card.signing().verify(signed(), encoded.slice(signed().size(), encoded.size()));
  }

  /** {@code 02 ‖ first 15 bytes of h(S_0)}; only for a statement at index 0. */
  public RoomId roomIdOfFirst() {
    if (index != 0) {
      throw new IllegalStateException("not the first statement");
    }
    ByteWriter id = new ByteWriter(RoomId.SIZE).u8(2).bytes(hash.bytes().slice(0, 15));
    return RoomId.of(id.toBytes());
  }

  /** Zero in the first statement. */
  public RoomId room() {
    return room;
  }

  public int index() {
    return index;
  }

  public Hash previous() {
    return previous;
  }

  public Fingerprint author() {
    return author;
  }

  /** As the author claims, milliseconds since 1970; need not grow. */
  public long timeMillis() {
    return timeMillis;
  }

  public ChainOp op() {
    return op;
  }

  /** With the signature. */
  public Bytes encoded() {
    return encoded;
  }

  /** Over everything but the signature. */
  public Hash hash() {
    return hash;
  }

  private Bytes signed() {
    return encoded.slice(0, encoded.size() - VerifyKey.SIGNATURE_SIZE);
  }

  @Override
  public String toString() {
    return "Statement[" + index + ", " + op.getClass().getSimpleName() + "]";
  }
}
