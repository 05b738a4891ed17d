package dev.zamok.authority.room;

import dev.zamok.authority.audit.Audit;
import dev.zamok.authority.audit.AuditAction;
import dev.zamok.authority.rights.Principal;
import dev.zamok.crypto.chain.Role;
import dev.zamok.protocol.AccountId;
import dev.zamok.protocol.ByteWriter;
import dev.zamok.protocol.RoomId;
import io.vertx.core.Future;

/**
 * Notes what is decided about rooms, before it is done.
 *
 * <pre>
 * subject = room 16
 *           ‖ account 16 ‖ role u8          MEMBER_PUT
 *           ‖ account 16                    MEMBER_REMOVED
 *           ‖ first index u32 ‖ count u32   CHAIN_EXTENDED
 *           ‖ reset u8                      ROOM_ROTATED
 * </pre>
 */
final class RoomAudit {
  private final Audit audit;

  RoomAudit(Audit audit) {
    this.audit = audit;
  }

  Future<Void> created(Principal who, RoomId room) {
    return audit.note(who, AuditAction.ROOM_CREATED, room.toBytes());
  }

  Future<Void> renamed(Principal who, RoomId room) {
    return audit.note(who, AuditAction.ROOM_RENAMED, room.toBytes());
  }

  Future<Void> joined(Principal who, RoomId room) {
    return audit.note(who, AuditAction.MEMBER_JOINED, room.toBytes());
  }

  Future<Void> put(Principal who, RoomId room, AccountId target, Role role) {
    ByteWriter subject = subject(room);
    target.write(subject);
    return audit.note(who, AuditAction.MEMBER_PUT, subject.u8(role.code()).toBytes());
  }

  Future<Void> removed(Principal who, RoomId room, AccountId target) {
    ByteWriter subject = subject(room);
    target.write(subject);
    return audit.note(who, AuditAction.MEMBER_REMOVED, subject.toBytes());
  }

  Future<Void> extended(Principal who, RoomId room, int first, int count) {
    return audit.note(
        who, AuditAction.CHAIN_EXTENDED, subject(room).u32(first).u32(count).toBytes());
  }

  Future<Void> rotated(Principal who, RoomId room, boolean reset) {
    return audit.note(who, AuditAction.ROOM_ROTATED, subject(room).u8(reset ? 1 : 0).toBytes());
  }

  private static ByteWriter subject(RoomId room) {
    ByteWriter subject = new ByteWriter(48);
    room.write(subject);
    return subject;
  }
}
