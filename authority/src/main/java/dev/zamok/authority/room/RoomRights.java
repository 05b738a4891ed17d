package dev.zamok.authority.room;

import dev.zamok.authority.http.Problem;
import dev.zamok.authority.http.Refusal;
import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.Statement;
import dev.zamok.protocol.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what to a room: decided here and nowhere else. In sealed rooms the chain decides about
 * members; these rules then only repeat a part of it.
 *
 * <p>Whoever is not a member learns nothing, not even that the room exists.
 */
final class RoomRights {
  private RoomRights() {}

  /** The present membership, with that role at least. */
  static Member require(Room room, AccountId who, Role least) {
    Member member = room.present(who).orElseThrow(Problem.NOT_FOUND::refusal);
    if (!member.role().atLeast(least)) {
      throw Problem.NOT_PERMITTED.refusal();
    }
    return member;
  }

  /** A member, or somebody who shows an invitation; the chain looks closer. */
  static void requireMayExtend(Room room, AccountId who, ChainOp first) {
    if (room.present(who).isEmpty() && !(first instanceof ChainOp.Accept)) {
      throw Problem.NOT_FOUND.refusal();
    }
  }

  /** An admin, or a writer who makes a new secret: the label must be sealed anew under it. */
  static void requireMaySealLabel(Room room, AccountId who, List<Statement> with) {
    boolean newSecret = with.stream().anyMatch(s -> s.op() instanceof ChainOp.Generation);
    require(room, who, newSecret ? Role.WRITER : Role.ADMIN);
  }

  static void requireManaged(Room room) {
    if (room.isSealed()) {
      throw Refusal.because(Problem.ROOM_STATE, "the members of a sealed room change its chain");
    }
  }

  static void requireSealed(Room room) {
    if (!room.isSealed()) {
      throw Refusal.because(Problem.ROOM_STATE, "a managed room has no chain");
    }
  }

  static void requireOpen(Room room) {
    if (room.isSealed() || !room.header().label().open()) {
      throw Problem.NOT_FOUND.refusal();
    }
  }

  /** An admin gives a role, to somebody whose role is not above his own. */
  static void requireMayGive(Room room, Member actor, @Nullable Member target, Role role) {
    Role before = target == null ? Role.NONE : target.role();
    if (role == Role.STEWARD) {
      throw Refusal.because(Problem.ROOM_STATE, "only folders have stewards");
    }
    if (!actor.role().atLeast(Role.ADMIN)
        || !actor.role().atLeast(before)
        || !actor.role().atLeast(role)) {
      throw Problem.NOT_PERMITTED.refusal();
    }
    requireAdminLeft(room, target, role);
  }

  /** An admin removes somebody not above himself; everybody may leave. */
  static void requireMayRemove(Room room, Member actor, Member target) {
    boolean leaves = actor.tag().equals(target.tag());
    if (!leaves && (!actor.role().atLeast(Role.ADMIN) || !actor.role().atLeast(target.role()))) {
      throw Problem.NOT_PERMITTED.refusal();
    }
    requireAdminLeft(room, target, Role.NONE);
  }

  /** Somebody must be able to add members, unless nobody is left at all. */
  private static void requireAdminLeft(Room room, @Nullable Member changed, Role role) {
    boolean anybody = role.atLeast(Role.READER);
    boolean admin = role.atLeast(Role.ADMIN);
    for (Member member : room.members()) {
      if (member.present() && (changed == null || !member.tag().equals(changed.tag()))) {
        anybody = true;
        admin |= member.role().atLeast(Role.ADMIN);
      }
    }
    if (anybody && !admin) {
      throw Refusal.because(Problem.ROOM_STATE, "make another admin first");
    }
  }
}
