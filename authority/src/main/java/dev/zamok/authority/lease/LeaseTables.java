package dev.zamok.authority.lease;

import dev.zamok.authority.store.Row;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * lease   versioned; partition "lease", sort partition of the log u16
 *         token u64 ‖ holder u64 (0: nobody) ‖ floor u64; rows of older programs end before
 * node    versioned; partition "node", sort id u64: an authority that runs; its version is its beat
 *         see {@link NodeRow}
 * </pre>
 */
public final class LeaseTables {
  static final Table LEASE = Table.versioned("lease");
  static final Table NODE = Table.versioned("node");

  /** All of them. */
  public static final List<Table> ALL = List.of(LEASE, NODE);

  static final Bytes LEASES = ascii("lease");
  static final Bytes NODES = ascii("node");

  private LeaseTables() {}

  static Bytes leaseSort(int partition) {
    return new ByteWriter(2).u16(partition).toBytes();
  }

  static Bytes nodeSort(long id) {
    return new ByteWriter(8).u64(id).toBytes();
  }

  static RowKey node(long id) {
    return NODE.key(NODES, nodeSort(id));
  }

  static Bytes body(LeaseRow row) {
    ByteWriter out = new ByteWriter(24).u64(row.token()).u64(row.holder());
    row.floor().write(out);
    return out.toBytes();
  }

  static LeaseRow lease(Row row) {
    int partition = row.sort().reader().u16();
    ByteReader in = row.body().reader();
    long token = in.u64();
    long holder = in.remaining() == 0 ? LeaseRow.NOBODY : in.u64();
    Position floor = in.remaining() == 0 ? Position.ZERO : Position.read(in);
    in.end();
    return new LeaseRow(partition, token, holder, floor, row.version());
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
