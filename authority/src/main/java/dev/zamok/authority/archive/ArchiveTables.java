package dev.zamok.authority.archive;

import dev.zamok.authority.store.Table;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;
import java.util.List;

/**
 * The tables of this package.
 *
 * <pre>
 * bucket   versioned; partition room 16, sort bucket u32
 *          first position u64 ‖ began at u64 (milliseconds) ‖ bytes u64 (about)
 * message  immutable; partition room 16 ‖ bucket u32
 *          sort 00 ‖ position 8        mark u8 ‖ an ENTRY frame
 *                                      mark: 1 shown, 2 repeats an earlier (tag, id) and is hidden
 *          sort 01 ‖ tag 8 ‖ id 16     position 8: where this message of a member first came
 * </pre>
 *
 * An entry lies in the last bucket whose first position is not after its own, so that archiving
 * again finds the same place.
 */
public final class ArchiveTables {
  public static final Table BUCKET = Table.versioned("bucket");
  public static final Table MESSAGE = Table.immutable("message");

  /** All of them. */
  public static final List<Table> ALL = List.of(BUCKET, MESSAGE);

  static final int SHOWN = 1;
  static final int HIDDEN = 2;

  /** The end of the entries of a bucket. */
  static final Bytes ENTRIES_END = Bytes.wrap(new byte[] {1});

  private ArchiveTables() {}

  static Bytes number(int bucket) {
    return new ByteWriter(16).u32(bucket).toBytes();
  }

  static Bytes messages(RoomId room, int bucket) {
    ByteWriter out = new ByteWriter(32);
    room.write(out);
    return out.u32(bucket).toBytes();
  }

  static Bytes entry(Position position) {
    ByteWriter out = new ByteWriter(16).u8(0);
    position.write(out);
    return out.toBytes();
  }

  static Bytes id(MemberTag tag, MessageId id) {
    ByteWriter out = new ByteWriter(32).u8(1);
    tag.write(out);
    id.write(out);
    return out.toBytes();
  }
}
