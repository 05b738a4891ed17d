package dev.zamok.authority.room;

import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;

/**
 * That an account is in a room, and what follows from it: all that tickets, shares and history ask.
 *
 * <pre>
 * 01 ‖ tag 8 ‖ role u8 ‖ version u32 ‖ firstEpoch u32 ‖ joinedAt u64
 * </pre>
 *
 * @param role a reader at least, or a steward, who is told of the room and its chain alone
 * @param firstEpoch the first whose share he may have, from 1
 * @param joinedAt entries up to it are not his to read
 */
public record Membership(
    AccountId account,
    RoomId room,
    MemberTag tag,
    Role role,
    int version,
    int firstEpoch,
    Position joinedAt) {

  static Membership of(RoomId room, Member member) {
    return new Membership(
        member.account(),
        room,
        member.tag(),
        member.role(),
        member.version(),
        member.firstEpoch(),
        member.joinedAt());
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(48).u8(RoomTables.FORMAT);
    tag.write(out);
    out.u8(role.code()).u32(version).u32(firstEpoch);
    joinedAt.write(out);
    return out.toBytes();
  }

  static Membership of(AccountId account, RoomId room, Bytes body) {
    ByteReader in = body.reader();
    if (in.u8() != RoomTables.FORMAT) {
      throw new MalformedException("membership of another format");
    }
    MemberTag tag = MemberTag.read(in);
    Role role = Role.of(in.u8());
    Membership membership =
        new Membership(account, room, tag, role, in.u32(), in.u32(), Position.read(in));
    in.end();
    return membership;
  }
}
