package dev.zamok.crypto.item;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;

/**
 * Which version of which item a record is: {@code A = ctx("item", room 16, item 16, version u32, g
 * u32, kind u8, authorF 32)}.
 *
 * @param version from 1
 * @param g the generation of the room secret it is sealed under, from 1
 * @param kind what the item is (secret, task, …), 1 to 255; assigned where items are defined
 */
public record ItemAddress(
    RoomId room, ItemId item, int version, int g, int kind, Fingerprint author) {

  /** Fails with {@link MalformedException}. */
  public ItemAddress {
    if (version < 1 || g < 1 || kind < 1 || kind > 255) {
      throw new MalformedException("item address out of range");
    }
  }

  Bytes context() {
    return Context.of("item")
        .room(room)
        .bytes(item.toBytes())
        .u32(version)
        .u32(g)
        .u8(kind)
        .bytes(author.bytes())
        .toBytes();
  }
}
