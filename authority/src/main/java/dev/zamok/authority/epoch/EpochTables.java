package dev.zamok.authority.epoch;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * epoch   versioned; partition room 16, sort n u32
 *         state u8 ‖ at u64 ‖ position u64 ‖ rekey 273 ‖ C_n 32 or nothing
 * lease   versioned; partition "lease", sort partition of the log u16
 *         token u64
 * </pre>
 */
public final class EpochTables {
  static final Table EPOCH = Table.versioned("epoch");
  static final Table LEASE = Table.versioned("lease");

  /** All of them. */
  public static final List<Table> ALL = List.of(EPOCH, LEASE);

  private static final Bytes LEASES = Bytes.wrap("lease".getBytes(StandardCharsets.US_ASCII));

  private EpochTables() {}

  static RowKey epoch(RoomId room, int n) {
    return EPOCH.key(room.toBytes(), number(n));
  }

  static RowKey lease(int partition) {
    return LEASE.key(LEASES, new ByteWriter(16).u16(partition).toBytes());
  }

  static Bytes number(int n) {
    return new ByteWriter(16).u32(n).toBytes();
  }
}
