package dev.zamok.crypto.chain;

import dev.zamok.crypto.identity.Card;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.RoomId;
import java.util.TreeMap;

/** Applies a checked statement to the state. Cannot fail. */
final class ChainEffects implements ChainOp.Visitor<Boolean> {
  private final ChainState state;
  private final Statement statement;

  ChainEffects(ChainState state, Statement statement) {
    this.state = state;
    this.statement = statement;
  }

  @Override
  public Boolean create(ChainOp.Create op) {
    Role role = op.kind() == RoomKind.FOLDER ? Role.ADMIN : Role.OWNER;
    return join(statement.author(), role, op.tag());
  }

  @Override
  public Boolean member(ChainOp.Member op) {
    return state.onlyProposes(statement.author(), op)
        ? propose(op)
        : join(op.member(), op.role(), op.tag());
  }

  @Override
  public Boolean remove(ChainOp.Remove op) {
    state.owesGeneration |= state.role(op.member()).atLeast(Role.READER);
    state.proposals.remove(op.member());
    state.members.remove(op.member());
    return note(op.member(), Role.NONE);
  }

  @Override
  public Boolean generation(ChainOp.Generation op) {
    state.owesGeneration = false;
    return state.generations.add(
        new ChainGeneration(
            op.g(),
            op.commit(),
            op.prevLink(),
            statement.index(),
            statement.hash(),
            statement.author()));
  }

  @Override
  public Boolean item(ChainOp.Item op) {
    ChainItem newest =
        new ChainItem(
            op.version(),
            op.act(),
            op.recordHash(),
            statement.author(),
            statement.index(),
            statement.timeMillis(),
            state.generation());
    state.items.put(op.item(), new ItemPast(newest, state.items.get(op.item())));
    return true;
  }

  @Override
  public Boolean invite(ChainOp.Invite op) {
    if (op.role() == Role.NONE) {
      return state.invites.values().removeIf(open -> open.key().equals(op.key()));
    }
    ChainState.OpenInvite open =
        new ChainState.OpenInvite(op.key(), op.role(), op.expiryMillis(), statement.author());
    state.invites.put(statement.index(), open);
    return true;
  }

  @Override
  public Boolean accept(ChainOp.Accept op) {
    ChainState.OpenInvite invite = state.invites.remove(op.invite());
    if (invite == null) {
      return false;
    }
    Fingerprint author = statement.author();
    ChainAcceptance came =
        new ChainAcceptance(statement.index(), invite.role(), invite.expiryMillis());
    state.acceptances.put(author, came);
    join(author, Role.NONE, op.tag());
    state.proposals.put(author, invite.role());
    return true;
  }

  @Override
  public Boolean groupCard(ChainOp.GroupCard op) {
    RoomId group = statement.room();
    return state.groupCards.add(new ChainGroup(group, op.g(), statement.hash(), op.card(group)));
  }

  @Override
  public Boolean groupMember(ChainOp.GroupMember op) {
    Card card = op.card().card(op.group());
    ChainGroup group = new ChainGroup(op.group(), op.card().g(), op.statement(), card);
    state.groups.put(card.fingerprint(), group);
    return join(card.fingerprint(), op.role(), op.tag());
  }

  @Override
  public Boolean child(ChainOp.Child op) {
    if (op.act() == ChildAct.REMOVE) {
      return state.folders.remove(op.folder()) != null;
    }
    ChainHead added = new ChainHead(statement.index(), statement.hash());
    state.folders.put(op.folder(), new ChainFolder(op.folder(), op.head(), added));
    return true;
  }

  @Override
  public Boolean parent(ChainOp.Parent op) {
    state.parent = op.parent();
    state.movedBy = op.added();
    return true;
  }

  private boolean propose(ChainOp.Member op) {
    if (!state.members.containsKey(op.member())) {
      join(op.member(), Role.NONE, op.tag());
    }
    state.proposals.put(op.member(), op.role());
    return true;
  }

  private boolean join(Fingerprint member, Role role, MemberTag tag) {
    boolean read = state.role(member).atLeast(Role.READER);
    boolean reads = role.atLeast(Role.READER);
    boolean newcomer = !read && reads && state.room.history() == History.FROM_JOIN;
    state.owesGeneration |= newcomer || (read && !reads);
    state.members.put(member, new ChainMember(member, role, tag, statement.index()));
    state.tags.put(tag, member);
    state.proposals.remove(member);
    return note(member, role);
  }

  private boolean note(Fingerprint member, Role role) {
    state.roles.computeIfAbsent(member, m -> new TreeMap<>()).put(statement.index(), role);
    return true;
  }
}
