package dev.zamok.authority.item;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.RoomId;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * item   immutable; partition room 16 ‖ item 16, sort version u32 ‖ recordHash 32:
 *        01 ‖ g u32 ‖ kind u8 ‖ record
 * </pre>
 *
 * <p>The hash is in the key: of two records for one version only the one that the chain names is
 * ever asked for, and one whose statement lost is in nobody's way. All versions of an item go
 * together, when it is removed for good.
 */
public final class ItemTables {
  public static final Table ITEM = Table.immutable("item");

  /** All of them. */
  public static final List<Table> ALL = List.of(ITEM);

  static final int FORMAT = 1;

  private ItemTables() {}

  static Bytes item(RoomId room, ItemId item) {
    ByteWriter out = new ByteWriter(RoomId.SIZE + ItemId.SIZE);
    room.write(out);
    item.write(out);
    return out.toBytes();
  }

  static Bytes version(int version, Hash recordHash) {
    return new ByteWriter(4 + Hash.SIZE).u32(version).bytes(recordHash.bytes()).toBytes();
  }

  static RowKey record(RoomId room, ItemId item, int version, Hash recordHash) {
    return ITEM.key(item(room, item), version(version, recordHash));
  }
}
