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
  private final GroupRules groups;

  ChainRules(RoomId roomId, ChainState state, Statement statement) {
    this.roomId = roomId;
    this.state = state;
    this.statement = statement;
    this.author = statement.author();
    this.actor = state.role(author);
    this.groups = new GroupRules(state);
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
    rule(GroupRules.takesCreate(op));
  }

  void check() {
    ChainOp op = statement.op();
    rule(state.generation() > 0 || op instanceof ChainOp.Generation);
    permit(groups.permits(author, op));
    rule(groups.keepsCard(op));
    op.accept(this);
  }

  @Override
  public Boolean create(ChainOp.Create op) {
    throw new ChainException(ChainFault.BROKEN_RULE);
  }

  @Override
  public Boolean member(ChainOp.Member op) {
    permit(actor.administers());
    ChainMember target = state.members.get(op.member());
    Role before = target == null ? Role.NONE : target.role();
    permit(actor.ranksWith(before) && actor.ranksWith(op.role()));
    rule(isOfThisKind(op.role()) && !groups.isGroup(op.member()));
    Role proposed = state.proposals.get(op.member());
    // The same role again takes a proposal back; the same proposal again is nothing.
    boolean proposes = state.onlyProposes(author, op);
    rule(proposes ? proposed != op.role() : before != op.role() || proposed != null);
    if (target == null) {
      checkJoin(op.member(), op.tag());
    } else {
      rule(target.tag().equals(op.tag()));
    }
    return rule(keepsAdmin(op.member(), proposes ? before : op.role()));
  }

  @Override
  public Boolean remove(ChainOp.Remove op) {
    ChainMember target = state.members.get(op.member());
    permit(op.member().equals(author) || actor.administers());
    rule(target != null);
    permit(op.member().equals(author) || actor.ranksWith(state.role(op.member())));
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
    rule(groups.hasItems());
    rule(statement.index() < RoomChain.ITEM_STATEMENTS_MAX);
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
    // Not by a steward: whoever has the code would be let in by one who cannot read.
    permit(actor.atLeast(Role.ADMIN) && actor.ranksWith(op.role()));
    rule(isOfThisKind(op.role()));
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

  @Override
  public Boolean groupCard(ChainOp.GroupCard op) {
    permit(groups.namesNewest(op, author));
    return op.card(roomId).isGroup();
  }

  @Override
  public Boolean groupMember(ChainOp.GroupMember op) {
    permit(actor.atLeast(Role.ADMIN));
    rule(groups.takes(op));
    ChainMember target = state.members.get(op.member());
    if (target == null) {
      checkJoin(op.member(), op.tag());
      return true;
    }
    return rule(target.role() != op.role() && target.tag().equals(op.tag()));
  }

  /** Only who reads adds a folder: what is written by its path goes there. */
  @Override
  public Boolean child(ChainOp.Child op) {
    boolean adds = op.act() == ChildAct.ADD;
    permit(adds ? actor.atLeast(Role.ADMIN) : actor.administers());
    rule(state.room.kind() == RoomKind.SAFE || state.room.kind() == RoomKind.FOLDER);
    rule(adds != state.folders.containsKey(op.folder()));
    rule(op.folder().trust() == Trust.SEALED && !op.folder().equals(roomId));
    return rule(!adds || state.folders.size() < RoomChain.FOLDERS_MAX);
  }

  @Override
  public Boolean parent(ChainOp.Parent op) {
    permit(actor.atLeast(Role.ADMIN));
    rule(state.room.kind() == RoomKind.FOLDER && !op.parent().equals(roomId));
    // To the same parent again, after it was taken from there, by another statement alone.
    rule(op.parent().trust() == Trust.SEALED && !op.added().equals(state.movedBy));
    return true;
  }

  /** Stewards are of folders, and folders have no owners: nobody there is above the others. */
  private boolean isOfThisKind(Role role) {
    boolean folder = state.room.kind() == RoomKind.FOLDER;
    return folder ? role != Role.OWNER : role != Role.STEWARD;
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
    boolean admin = role.administers();
    for (ChainMember member : state.members.values()) {
      if (!member.fingerprint().equals(changed)) {
        anybody |= member.role().atLeast(Role.READER);
        admin |= member.role().administers();
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
