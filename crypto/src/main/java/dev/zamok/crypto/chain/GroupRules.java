package dev.zamok.crypto.chain;

import dev.zamok.crypto.CryptoFailure;
import dev.zamok.crypto.identity.Fingerprint;

/**
 * What is particular about groups. Their keys are known to many and to all who were removed since,
 * so a group reads and writes items, and decides nothing.
 */
final class GroupRules {
  private final ChainState state;

  GroupRules(ChainState state) {
    this.state = state;
  }

  /** Whether the author may do such a thing at all, and the room may take anything else yet. */
  boolean permits(Fingerprint author, ChainOp op) {
    return !isGroup(author) || op instanceof ChainOp.Item;
  }

  /** A generation of a group and its card come one after the other. */
  boolean keepsCard(ChainOp op) {
    return state.owesCard() == op instanceof ChainOp.GroupCard;
  }

  static boolean takesCreate(ChainOp.Create op) {
    return op.kind() != RoomKind.GROUP || op.history() == History.FULL;
  }

  boolean isGroup(Fingerprint member) {
    return state.groups.containsKey(member);
  }

  /** Groups have members, and nothing else. */
  boolean hasItems() {
    return state.room.kind() != RoomKind.GROUP;
  }

  /** Whether the card is of the generation before it, by the same author. */
  boolean namesNewest(ChainOp.GroupCard op, Fingerprint author) {
    ChainGeneration newest = state.generations.get(state.generation() - 1);
    return op.g() == newest.g() && newest.author().equals(author);
  }

  /**
   * Whether a group may be in such a room as that: only where secrets are kept, as reader or
   * writer, by one generation at a time, and never again by one before a later one that was there.
   * Fails with {@link CryptoFailure} when the card is not its own.
   */
  boolean takes(ChainOp.GroupMember op) {
    Fingerprint member = op.member();
    RoomKind kind = state.room.kind();
    boolean fits =
        (kind == RoomKind.SAFE || kind == RoomKind.FOLDER)
            && (op.role() == Role.READER || op.role() == Role.WRITER);
    for (ChainGroup known : state.groups.values()) {
      if (known.group().equals(op.group())) {
        boolean same = known.card().fingerprint().equals(member);
        boolean present = state.members.containsKey(known.card().fingerprint());
        fits &= same ? known.statement().equals(op.statement()) : !present;
        fits &= same || known.g() < op.card().g();
      }
    }
    return fits;
  }
}
