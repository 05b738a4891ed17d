package dev.zamok.crypto.chain;

import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.MemberTag;
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
    return join(statement.author(), Role.OWNER, op.tag());
  }

  @Override
  public Boolean member(ChainOp.Member op) {
    return join(op.member(), op.role(), op.tag());
  }

  @Override
  public Boolean remove(ChainOp.Remove op) {
    state.owesGeneration |= state.role(op.member()) != Role.NONE;
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
    state.acceptances.put(
        statement.author(), new ChainAcceptance(statement.index(), invite.expiryMillis()));
    return join(statement.author(), invite.role(), op.tag());
  }

  private boolean join(Fingerprint member, Role role, MemberTag tag) {
    boolean read = state.role(member) != Role.NONE;
    boolean reads = role != Role.NONE;
    boolean newcomer = !read && reads && state.room.history() == History.FROM_JOIN;
    state.owesGeneration |= newcomer || (read && !reads);
    state.members.put(member, new ChainMember(member, role, tag, statement.index()));
    state.tags.put(tag, member);
    return note(member, role);
  }

  private boolean note(Fingerprint member, Role role) {
    state.roles.computeIfAbsent(member, m -> new TreeMap<>()).put(statement.index(), role);
    return true;
  }
}
