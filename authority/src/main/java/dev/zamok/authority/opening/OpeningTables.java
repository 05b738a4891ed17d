package dev.zamok.authority.opening;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.opening.Opening;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * opening   decided, expires; partition room 16, sort author fingerprint 32 ‖ line 8 ‖ n u32:
 *           the opening as its author signed it
 * </pre>
 */
public final class OpeningTables {
  static final Table OPENING = Table.decided("opening");

  /** All of them. */
  public static final List<Table> ALL = List.of(OPENING);

  /** Of a sort key. */
  static final int SORT_BYTES = 44;

  private OpeningTables() {}

  static RowKey key(Opening.Place place, int n) {
    return OPENING.key(partition(place.room()), sort(place, n));
  }

  static Bytes partition(RoomId room) {
    ByteWriter out = new ByteWriter(RoomId.SIZE);
    room.write(out);
    return out.toBytes();
  }

  static Bytes sort(Opening.Place place, int n) {
    return new ByteWriter(SORT_BYTES)
        .bytes(place.author().bytes())
        .u64(place.line())
        .u32(n)
        .toBytes();
  }
}
