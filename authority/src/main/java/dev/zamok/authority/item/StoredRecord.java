package dev.zamok.authority.item;

import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.crypto.item.ItemAddress;
import dev.zamok.crypto.item.ItemRecord;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/** A version of an item as it came from its author. */
record StoredRecord(ItemId item, int version, int g, int kind, Bytes record) {
  /** Of a record; a content of 512 KiB and what is around it. */
  static final int RECORD_BYTES_MAX = 516 << 10;

  /** As the chain names it. */
  Hash hash(RoomId room, Fingerprint author) {
    return ItemRecord.hash(new ItemAddress(room, item, version, g, kind, author), record);
  }

  Bytes body() {
    return new ByteWriter(record.size() + 6)
        .u8(ItemTables.FORMAT)
        .u32(g)
        .u8(kind)
        .bytes(record)
        .toBytes();
  }

  static StoredRecord of(ItemId item, int version, Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != ItemTables.FORMAT) {
      throw new MalformedException("item of another format");
    }
    return new StoredRecord(item, version, in.u32(), in.u8(), in.rest());
  }
}
