package dev.zamok.authority.room;

import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.RoomId;

/**
 * A member of a room, present or former. The row is in the middle of a change while {@link
 * #isPending}; everything else about the change follows from it.
 *
 * <pre>
 * 01 or 02 ‖ account 16 ‖ F 32 ‖ role u8 ‖ version u32 ‖ present u8 ‖ evictBelow u32
 *    ‖ firstEpoch u32 ‖ joinedAt u64
 * </pre>
 *
 * @param account of a group (02) the id of its room; such a row is nobody's own
 * @param role the last one, of former members too
 * @param version rises with every change of the membership
 * @param evictBelow the log must still be told to admit this tag from that version on only; 0 when
 *     there is nothing to tell
 * @param firstEpoch the first whose share he may have; 0 while he is to be let in
 * @param joinedAt entries up to it are not his to read, unless the room has full history
 */
record Member(
    MemberTag tag,
    AccountId account,
    Fingerprint fingerprint,
    Role role,
    int version,
    boolean present,
    int evictBelow,
    int firstEpoch,
    Position joinedAt,
    boolean group) {
  private static final int FORMAT_GROUP = 2;

  /** The id of a group's room, as its rows hold it. */
  static AccountId account(RoomId group) {
    return AccountId.of(group.toBytes());
  }

  /** A group joins. */
  static Member arriving(
      MemberTag tag, RoomId group, Fingerprint fingerprint, Role role, int version) {
    return new Member(
        tag, account(group), fingerprint, role, version, true, 0, 0, Position.ZERO, true);
  }

  /** The room of the group that this row is of. */
  RoomId groupRoom() {
    if (!group) {
      throw new IllegalStateException("not a group");
    }
    return RoomId.of(account.toBytes());
  }

  /** Joins, or joins again: to be let in by the next epoch. */
  static Member arriving(
      MemberTag tag, AccountId account, Fingerprint fingerprint, Role role, int version) {
    return new Member(tag, account, fingerprint, role, version, true, 0, 0, Position.ZERO, false);
  }

  boolean isArriving() {
    return present && firstEpoch == 0;
  }

  /** Also who stays without reading. */
  boolean isLeaving() {
    return (!present || !role.atLeast(Role.READER)) && evictBelow > 0;
  }

  boolean isPending() {
    return isArriving() || evictBelow > 0;
  }

  /** Out; {@code below} is the lowest version that may come back. */
  Member leaving(int below) {
    return new Member(
        tag, account, fingerprint, role, version, false, below, firstEpoch, joinedAt, group);
  }

  /** The same person again. Who was to be evicted before still is. */
  Member returning(Role next, int nextVersion) {
    return new Member(
        tag, account, fingerprint, next, nextVersion, true, evictBelow, 0, Position.ZERO, group);
  }

  /** Another role; tickets that give more are refused from now on. */
  Member changed(Role next, int nextVersion) {
    int evict = next.atLeast(role) ? evictBelow : nextVersion;
    return new Member(
        tag, account, fingerprint, next, nextVersion, true, evict, firstEpoch, joinedAt, group);
  }

  Member evicted() {
    return new Member(
        tag, account, fingerprint, role, version, present, 0, firstEpoch, joinedAt, group);
  }

  Member letIn(int epoch, Position position) {
    return new Member(
        tag, account, fingerprint, role, version, present, evictBelow, epoch, position, group);
  }

  Bytes body() {
    ByteWriter out = new ByteWriter(96).u8(group ? FORMAT_GROUP : RoomTables.FORMAT);
    account.write(out);
    out.bytes(fingerprint.bytes()).u8(role.code()).u32(version).u8(present ? 1 : 0);
    out.u32(evictBelow).u32(firstEpoch);
    joinedAt.write(out);
    return out.toBytes();
  }

  static Member of(MemberTag tag, Bytes body) {
    ByteReader in = body.reader();
    int format = in.u8();
    if (format != RoomTables.FORMAT && format != FORMAT_GROUP) {
      throw new MalformedException("member of another format");
    }
    Member member =
        new Member(
            tag,
            AccountId.read(in),
            Fingerprint.read(in),
            Role.of(in.u8()),
            in.u32(),
            in.u8() == 1,
            in.u32(),
            in.u32(),
            Position.read(in),
            format == FORMAT_GROUP);
    in.end();
    return member;
  }
}
