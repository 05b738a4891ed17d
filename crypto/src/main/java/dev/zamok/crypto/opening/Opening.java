package dev.zamok.crypto.opening;

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
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * What a member says that he opened: one link of the line that one device writes in one room, so
 * that one which is taken out or rewritten shows.
 *
 * <pre>
 * O_n = ctx("opened", room 16, line 8, n u32, h(O_(n-1)) 32, time of O_(n-1) u64, authorF 32, time u64,
 *           what u8, item 16, version u32) ‖ sig 64
 * </pre>
 *
 * <p>n is from 1; hash and time of the one before are zero exactly for n = 1. Times are the
 * author's and do not fall. Item and version are zero exactly where no single one was opened. The
 * hash and the signature cover everything before the signature.
 *
 * @param what was opened
 * @param item null unless it was a single one
 * @param version of the item, else 0
 */
public record Opening(
    Place place, long timeMillis, What what, @Nullable ItemId item, int version, Bytes encoded) {
  /** Enough for every opening. */
  public static final int BYTES_MAX = 320;

  private static final String LABEL = "opened";
  private static final ItemId NO_ITEM = new ItemId(0, 0);

  /** What there is to open. */
  public enum What {
    /** Everything in the room, to be listed or searched. */
    LIST(1),
    /** One item was shown, copied, sent or handed to a program. */
    ITEM(2),
    /** Everything was written to a file. */
    EXPORT(3);

    private final int code;

    What(int code) {
      this.code = code;
    }

    static What of(int code) {
      for (What what : values()) {
        if (what.code == code) {
          return what;
        }
      }
      throw new MalformedException("unknown kind of opening " + code);
    }
  }

  /**
   * Where an opening stands.
   *
   * <p>A line is begun by a device, under a random name; it begins another when it lost its own
   * end.
   *
   * @param previous hash of the one before in the line, zero for the first
   * @param previousMillis time of the one before, 0 for the first
   */
  public record Place(
      RoomId room, Fingerprint author, long line, int n, Hash previous, long previousMillis) {
    public Place {
      boolean first = n == 1;
      if (n < 1 || first != previous.isZero() || first != (previousMillis == 0)) {
        throw new MalformedException("opening that is neither a first nor a later one");
      }
    }

    /** Of the first one in a line. */
    public static Place first(RoomId room, Fingerprint author, long line) {
      return new Place(room, author, line, 1, Hash.ZERO, 0);
    }
  }

  public Opening {
    boolean single = what == What.ITEM;
    if (single != (item != null) || single != (version > 0) || version < 0) {
      throw new MalformedException("opening of no item, or of one too many");
    }
    if (timeMillis < 1 || timeMillis < place.previousMillis()) {
      throw new MalformedException("opening from before the one before");
    }
  }

  /** Signed by its author, whose card the place names. */
  public static Opening sign(
      Place place,
      long timeMillis,
      What what,
      @Nullable ItemId item,
      int version,
      Identity author) {
    if (!author.fingerprint().equals(place.author())) {
      throw new IllegalArgumentException("another author");
    }
    Context context =
        Context.of(LABEL)
            .room(place.room())
            .u64(place.line())
            .u32(place.n())
            .hash(place.previous())
            .u64(place.previousMillis())
            .bytes(place.author().bytes())
            .u64(timeMillis)
            .u8(what.code)
            .bytes((item == null ? NO_ITEM : item).toBytes())
            .u32(version);
    Bytes signed = context.toBytes();
    ByteWriter whole = new ByteWriter(signed.size() + VerifyKey.SIGNATURE_SIZE);
    Bytes encoded = whole.bytes(signed).bytes(author.sign(signed)).toBytes();
    return new Opening(place, timeMillis, what, item, version, encoded);
  }

  /**
   * Strict; the signature is {@link #verify verified} apart. Fails with {@link MalformedException}.
   */
  public static Opening parse(Bytes encoded) {
    if (encoded.size() > BYTES_MAX) {
      throw new MalformedException("opening of " + encoded.size() + " bytes");
    }
    ByteReader in = encoded.reader();
    Context.expect(in, LABEL);
    RoomId room = RoomId.read(in);
    long line = in.u64();
    int n = in.u32();
    Hash previous = Hash.read(in);
    long previousMillis = in.millis();
    Fingerprint author = Fingerprint.read(in);
    long time = in.millis();
    What what = What.of(in.u8());
    ItemId item = ItemId.read(in);
    int version = in.u32();
    in.bytes(VerifyKey.SIGNATURE_SIZE);
    in.end();
    Place place = new Place(room, author, line, n, previous, previousMillis);
    return new Opening(place, time, what, item.equals(NO_ITEM) ? null : item, version, encoded);
  }

  /** Fails with {@link CryptoFailure} unless {@code card} is the author's and signed this. */
  public void verify(Card card) {
    if (!card.fingerprint().equals(place.author())) {
      throw new CryptoFailure();
    }
    Bytes signed = signed();
    card.signing().verify(signed, encoded.slice(signed.size(), encoded.size()));
  }

  /** Over everything but the signature. */
  public Hash hash() {
    return Hash.of(signed());
  }

  /** Where the next one in the line stands. */
  public Place next() {
    return new Place(place.room(), place.author(), place.line(), place.n() + 1, hash(), timeMillis);
  }

  /** Whether it is the one after {@code before}. */
  public boolean follows(Opening before) {
    return place.equals(before.next());
  }

  private Bytes signed() {
    return encoded.slice(0, encoded.size() - VerifyKey.SIGNATURE_SIZE);
  }

  @Override
  public String toString() {
    return "Opening[" + place.n() + ", " + what + "]";
  }
}
