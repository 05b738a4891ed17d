package dev.zamok.authority.epoch;

import dev.zamok.crypto.Context;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.RoomId;

/**
 * Ids of the entries the authority appends. They follow from what the entry says, so that whoever
 * finishes the work of another appends nothing twice.
 */
public final class EpochIds {
  private EpochIds() {}

  public static MessageId rekey(RoomId room, int n) {
    return id(Context.of("rekey-id").room(room).u32(n));
  }

  static MessageId announce(RoomId room, int n) {
    return id(Context.of("announce-id").room(room).u32(n));
  }

  static MessageId close(RoomId room, int n) {
    return id(Context.of("close-id").room(room).u32(n));
  }

  static MessageId hold(RoomId room, int n) {
    return id(Context.of("hold-id").room(room).u32(n));
  }

  public static MessageId evict(RoomId room, MemberTag tag, int below) {
    return id(Context.of("evict-id").room(room).tag(tag).u32(below));
  }

  /** Of the hint that follows a change of members or label. */
  public static MessageId hint(RoomId room, long version) {
    return id(Context.of("hint-id").room(room).u64(version));
  }

  /** Of the hint that follows a change of items. */
  public static MessageId items(RoomId room, int chainLength) {
    return id(Context.of("items-id").room(room).u32(chainLength));
  }

  private static MessageId id(Context of) {
    return MessageId.of(Hash.of(of.toBytes()).bytes().slice(0, MessageId.SIZE));
  }
}
