package dev.zamok.authority.epoch;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * epoch   versioned; partition room 16, sort n u32
 *         state u8 ‖ at u64 ‖ position u64 ‖ rekey 273 ‖ C_n 32 or nothing
 * </pre>
 */
public final class EpochTables {
  public static final Table EPOCH = Table.versioned("epoch");

  /** All of them. */
  public static final List<Table> ALL = List.of(EPOCH);

  private EpochTables() {}

  static RowKey epoch(RoomId room, int n) {
    return EPOCH.key(room.toBytes(), number(n));
  }

  static Bytes number(int n) {
    return new ByteWriter(16).u32(n).toBytes();
  }
}
