package dev.zamok.authority.epoch;

import dev.zamok.authority.store.Row;
import dev.zamok.crypto.SecretBytes;
import dev.zamok.crypto.epoch.AuthorityShare;
import dev.zamok.crypto.epoch.Rekey;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.Position;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of a room as the store knows it.
 *
 * @param atMillis while prepared, when it is due; then, when it began; milliseconds since 1970
 * @param position of its rekey in the log; {@link Position#ZERO} while prepared
 * @param share {@code C_n}; null where it is derived from an older one or forgotten
 * @param version of the row; 0 before it is stored
 */
public record Epoch(
    Rekey rekey,
    State state,
    long atMillis,
    Position position,
    @Nullable AuthorityShare share,
    long version) {

  /** How far an epoch has come. */
  public enum State {
    /** Stored; whether its rekey is in the log is not known. */
    PREPARED(1),
    /** In the log; the epoch before it is accepted too, for a while. */
    GRACE(2),
    /** In the log, and alone accepted until the next one. */
    SETTLED(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    private static State of(int code) {
      return switch (code) {
        case 1 -> PREPARED;
        case 2 -> GRACE;
        case 3 -> SETTLED;
        default -> throw new MalformedException("unknown state of an epoch");
      };
    }
  }

  public int n() {
    return rekey.n();
  }

  Epoch withVersion(long other) {
    return new Epoch(rekey, state, atMillis, position, share, other);
  }

  Epoch withoutShare() {
    return new Epoch(rekey, state, atMillis, position, null, version);
  }

  Epoch begun(State next, long nowMillis, Position at) {
    return new Epoch(rekey, next, nowMillis, at, share, version);
  }

  Epoch settled() {
    return new Epoch(rekey, State.SETTLED, atMillis, position, share, version);
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(18 + Rekey.SIZE + AuthorityShare.SIZE);
    out.u8(state.code).u64(atMillis);
    position.write(out);
    out.bytes(rekey.encoded());
    if (share != null) {
      byte[] raw = share.share().toByteArray();
      out.bytes(raw);
      Arrays.fill(raw, (byte) 0);
    }
    return out.toBytes();
  }

  static Epoch of(Row row) {
    ByteReader in = row.body().reader();
    State state = State.of(in.u8());
    long at = in.u64();
    Position position = Position.read(in);
    Rekey rekey = Rekey.parse(in.bytes(Rekey.SIZE));
    AuthorityShare share = null;
    if (in.remaining() > 0) {
      SecretBytes raw = SecretBytes.copyOf(in.bytes(AuthorityShare.SIZE));
      share = new AuthorityShare(rekey.room(), rekey.n(), raw);
    }
    in.end();
    return new Epoch(rekey, state, at, position, share, row.version());
  }
}
