package dev.zamok.crypto.chain;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import dev.zamok.protocol.Trust;

/**
 * Whether a room in a given state takes a statement of a given author. Checks everything and
 * changes nothing. Every method fails with {@link ChainException}; an acceptance that its
 * invitation did not sign with {@link CryptoFailure}.
 */
final class ChainRules implements ChainOp.Visitor<Boolean> {
  private final RoomId roomId;
  private final ChainState state;
  private final Statement statement;
  private final Fingerprint author;
  private final Role actor;

  ChainRules(RoomId roomId, ChainState state, Statement statement) {
    this.roomId = roomId;
    this.state = state;
    this.statement = statement;
    this.author = statement.author();
    this.actor = state.role(author);
  }

  /** What a first statement must be. */
  static void checkCreate(ChainOp.Create op) {
    boolean folder = op.kind() == RoomKind.FOLDER;
    boolean parentFits =
        folder
            ? !op.parent().equals(ChainOp.NO_PARENT) && op.parent().trust() == Trust.SEALED
            : op.parent().equals(ChainOp.NO_PARENT);
    rule(op.kind().trust() == Trust.SEALED && parentFits);
    rule(!op.tag().equals(MemberTag.NONE));
  }

  void check() {
    ChainOp op = statement.op();
    rule(state.generation() > 0 || op instanceof ChainOp.Generation);
    op.accept(this);
  }

  @Override
  public Boolean create(ChainOp.Create op) {
    throw new ChainException(ChainFault.BROKEN_RULE);
  }

  @Override
  public Boolean member(ChainOp.Member op) {
    permit(actor.atLeast(Role.ADMIN));
    ChainMember target = state.members.get(op.member());
    Role before = target == null ? Role.NONE : target.role();
    permit(actor.atLeast(before) && actor.atLeast(op.role()));
    rule(before != op.role());
    if (target == null) {
      checkJoin(op.member(), op.tag());
    } else {
      rule(target.tag().equals(op.tag()));
    }
    return rule(keepsAdmin(op.member(), op.role()));
  }

  @Override
  public Boolean remove(ChainOp.Remove op) {
    ChainMember target = state.members.get(op.member());
    permit(op.member().equals(author) || actor.atLeast(Role.ADMIN));
    rule(target != null);
    permit(op.member().equals(author) || actor.atLeast(state.role(op.member())));
    return rule(keepsAdmin(op.member(), Role.NONE));
  }

  @Override
  public Boolean generation(ChainOp.Generation op) {
    boolean first = state.generation() == 0;
    permit(actor.atLeast(state.owesGeneration ? Role.WRITER : Role.ADMIN));
    rule(op.g() == state.generation() + 1);
    return rule(op.prevLink().isEmpty() == (first || state.room.history() != History.FULL));
  }

  @Override
  public Boolean item(ChainOp.Item op) {
    permit(actor.atLeast(Role.WRITER));
    // Sealed under the current secret, it would be readable to whom the owed one shuts out.
    rule(!state.owesGeneration);
    ItemPast past = state.items.get(op.item());
    if (past == null) {
      return rule(op.version() == 1 && op.act() == ItemAct.PUT);
    }
    ChainItem last = past.newest;
    return rule(last.act() != ItemAct.REMOVE && op.version() == last.version() + 1);
  }

  @Override
  public Boolean invite(ChainOp.Invite op) {
    permit(actor.atLeast(Role.ADMIN) && actor.atLeast(op.role()));
    boolean open = state.invites.values().stream().anyMatch(i -> i.key().equals(op.key()));
    return rule(open == (op.role() == Role.NONE));
  }

  @Override
  public Boolean accept(ChainOp.Accept op) {
    ChainState.OpenInvite invite = state.invites.get(op.invite());
    if (invite == null || statement.timeMillis() > invite.expiryMillis()) {
      throw new ChainException(ChainFault.NOT_PERMITTED);
    }
    permit(state.stands(invite));
    rule(!state.members.containsKey(author));
    checkJoin(author, op.tag());
    invite.key().verify(ChainOp.Accept.proof(roomId, op.invite(), author), op.signature());
    return true;
  }

  /** A tag is its member's for ever: nobody may come back under the name of another. */
  private void checkJoin(Fingerprint member, MemberTag tag) {
    Fingerprint holder = state.tags.get(tag);
    rule(!tag.equals(MemberTag.NONE) && (holder == null || holder.equals(member)));
    int max = state.room.kind() == RoomKind.DIRECT ? 2 : RoomChain.MEMBERS_MAX;
    rule(state.members.size() < max);
  }

  /** Whether somebody may still add members, unless nobody is left at all. */
  private boolean keepsAdmin(Fingerprint changed, Role role) {
    boolean anybody = role.atLeast(Role.READER);
    boolean admin = role.atLeast(Role.ADMIN);
    for (ChainMember member : state.members.values()) {
      if (!member.fingerprint().equals(changed)) {
        anybody |= member.role().atLeast(Role.READER);
        admin |= member.role().atLeast(Role.ADMIN);
      }
    }
    return admin || !anybody;
  }

  private static void permit(boolean permitted) {
    if (!permitted) {
      throw new ChainException(ChainFault.NOT_PERMITTED);
    }
  }

  private static boolean rule(boolean kept) {
    if (!kept) {
      throw new ChainException(ChainFault.BROKEN_RULE);
    }
    return true;
  }
}
