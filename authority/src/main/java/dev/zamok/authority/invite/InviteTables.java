package dev.zamok.authority.invite;

import dev.zamok.authority.store.RowKey;
import dev.zamok.authority.store.Table;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.RoomId;
import java.util.List;

/**
 * The tables of this package. Both hold what is pending only: rows go when the invitation is
 * accepted or withdrawn, and expire with it.
 *
 * <pre>
 * invite   versioned, expires; partition room 16, sort index of the statement u32: see {@link StoredInvite}
 * invited  versioned, expires; partition account 16, sort room 16 ‖ index u32:
 *          01 ‖ inviter 16 ‖ expiry u64. Of who showed the letter
 * </pre>
 */
public final class InviteTables {
  static final Table INVITE = Table.versioned("invite");
  static final Table INVITED = Table.versioned("invited");

  /** All of them. */
  public static final List<Table> ALL = List.of(INVITE, INVITED);

  static final int FORMAT = 1;

  private InviteTables() {}

  static RowKey invite(RoomId room, int index) {
    return INVITE.key(room.toBytes(), new ByteWriter(4).u32(index).toBytes());
  }

  static RowKey invited(AccountId account, RoomId room, int index) {
    Bytes sort = new ByteWriter(20).bytes(room.toBytes()).u32(index).toBytes();
    return INVITED.key(account.toBytes(), sort);
  }
}
