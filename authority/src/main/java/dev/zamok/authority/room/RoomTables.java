package dev.zamok.authority.room;

import dev.zamok.authority.lease.LeasedStore.RoomIn;
import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The tables of this package. Bodies start with a format byte, 01.
 *
 * <pre>
 * room        versioned; partition room 16
 *             sort 00            the header, see {@link RoomHeader}
 *             sort 01 ‖ tag 8    a member, present or former, see {@link Member}
 * membership  versioned; partition account 16, sort room 16: the index the other way,
 *             see {@link Membership}; written after the room, except that a membership which ends
 *             goes from here first
 * grouped     versioned; partition account 16, sort room of a group 16: the groups of an account, as
 *             in membership, written after it and gone before it
 * grouproom   versioned; partition room of a group 16, sort room 16: where the group is a member
 * secret      versioned; partition room 16, sort g u32: M_g of a managed room, 32 bytes
 * statement   decided; partition room 16, sort i u32: a statement with its signature
 * wrap        immutable; partition room 16 ‖ recipient F 32,
 *             sort g u32 ‖ 8 of h(generation statement) ‖ 8 of h(wrap), see {@link Wraps}
 * open        versioned; partition "open", sort room 16: the open channels; body empty
 * unfinished  versioned; partition "unfinished" ‖ partition of the log u16, sort room 16: rooms whose
 *             change is under way; body flags u8, see {@link Unfinished}
 * </pre>
 */
public final class RoomTables {
  static final Table ROOM = Table.versioned("room");
  static final Table MEMBERSHIP = Table.versioned("membership");
  static final Table GROUPED = Table.versioned("grouped");
  static final Table GROUP_ROOM = Table.versioned("grouproom");
  static final Table SECRET = Table.versioned("secret");
  static final Table STATEMENT = Table.decided("statement");
  static final Table WRAP = Table.immutable("wrap");
  static final Table OPEN = Table.versioned("open");
  static final Table UNFINISHED = Table.versioned("unfinished");

  /** All of them. */
  public static final List<Table> ALL =
      List.of(ROOM, MEMBERSHIP, GROUPED, GROUP_ROOM, SECRET, STATEMENT, WRAP, OPEN, UNFINISHED);

  /** Where the room stands in what is written only under its lease. */
  public static final Map<Table, RoomIn> LEASED =
      Map.of(
          ROOM, RoomIn.PARTITION,
          MEMBERSHIP, RoomIn.SORT,
          GROUPED, RoomIn.SORT,
          GROUP_ROOM, RoomIn.SORT,
          SECRET, RoomIn.PARTITION,
          STATEMENT, RoomIn.PARTITION,
          WRAP, RoomIn.PARTITION,
          UNFINISHED, RoomIn.SORT);

  static final int FORMAT = 1;
  static final Bytes HEADER = Bytes.wrap(new byte[] {0});
  static final Bytes ALL_OPEN = ascii("open");
  private static final Bytes UNFINISHED_IN = ascii("unfinished");

  private static final int MEMBER = 1;

  private RoomTables() {}

  static Bytes member(MemberTag tag) {
    ByteWriter out = new ByteWriter(16).u8(MEMBER);
    tag.write(out);
    return out.toBytes();
  }

  static MemberTag tag(Bytes sort) {
    return MemberTag.of(sort.slice(1, sort.size()));
  }

  static RowKey secret(RoomId room, int g) {
    return SECRET.key(room.toBytes(), number(g));
  }

  static Bytes wraps(RoomId room, Fingerprint recipient) {
    ByteWriter out = new ByteWriter(RoomId.SIZE + Hash.SIZE);
    room.write(out);
    return out.bytes(recipient.bytes()).toBytes();
  }

  static Bytes unfinished(int partition) {
    return new ByteWriter(16).bytes(UNFINISHED_IN).u16(partition).toBytes();
  }

  static Bytes number(int n) {
    return new ByteWriter(16).u32(n).toBytes();
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
