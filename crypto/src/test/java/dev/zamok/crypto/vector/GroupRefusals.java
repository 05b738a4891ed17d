package dev.zamok.crypto.vector;

import dev.zamok.crypto.chain.ChainOp;
import dev.zamok.crypto.chain.ItemAct;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import java.util.List;

/** What the vectors of groups say is refused. */
final class GroupRefusals {
  private static final String RULE = "chain:BROKEN_RULE";
  private static final String PERMIT = "chain:NOT_PERMITTED";

  private final VectorSet set;
  private final Fields made;
  private final RoomChain group;
  private final Identity owner;

  GroupRefusals(VectorSet set, Fields made) {
    this.set = set;
    this.made = made;
    this.group = People.chain(made);
    this.owner = People.identity(made.object("owner"));
  }

  void define() {
    Identity first = keys(1);
    Identity second = keys(2);
    Bytes tag = made.hexes("tags").get(2);
    ChainOp.GroupMember fit = GroupVectorsTest.member(group, 2, tag, Role.WRITER);
    ofSafe("a group as admin", RULE, owner, with(fit, Role.ADMIN));
    Bytes old = made.hexes("tags").get(1);
    ChainOp.GroupMember stale = GroupVectorsTest.member(group, 1, old, Role.READER);
    ofSafe("an older generation comes back", RULE, owner, stale);
    ofSafe("a removed generation writes", PERMIT, first, item());
    ofSafe("a group that reads writes", PERMIT, second, item());
    ofSafe("a group leaves", PERMIT, second, new ChainOp.Remove(second.fingerprint()));
    ChainOp.Member raised = new ChainOp.Member(second.fingerprint(), Role.ADMIN, fit.tag());
    ofSafe("a group raised as if it were a person", RULE, owner, raised);
    ChainOp.GroupCard swapped =
        new ChainOp.GroupCard(
            2, fit.card().signing(), first.card().agreement(), fit.card().signature());
    ofSafe(
        "another agreement key",
        "crypto",
        owner,
        new ChainOp.GroupMember(fit.group(), fit.statement(), swapped, Role.WRITER, fit.tag()));
    ofGroup("a second card of one generation", RULE, owner, fit.card());
    ofGroup("an item in a group", RULE, owner, item());
    ofGroup("a group in a group", RULE, owner, fit);
    cardByTheOldKey();
  }

  /** After a third generation: its card signed by the key of the second. */
  private void cardByTheOldKey() {
    RoomChain longer = group.copy();
    var generation =
        longer.propose(
            new ChainOp.Generation(
                3,
                new dev.zamok.crypto.Hash(People.random("c 3", 32)),
                People.random("link 3", 61)),
            made.u64("time"),
            owner);
    longer.append(generation, fingerprint -> owner.card());
    Identity second = keys(2);
    ChainOp.GroupCard card =
        new ChainOp.GroupCard(
            3, keys(1).card().signing(), keys(1).card().agreement(), second.card().signature());
    Fields given =
        made.with(
            new Fields()
                .putHex("statements", plus(made.hexes("statements"), generation.encoded()))
                .put("refused", GroupVectorsTest.forge(longer, owner, card))
                .put("ofGroup", true));
    set.fails("a card signed by the key before", "crypto", given);
  }

  private static List<Bytes> plus(List<Bytes> statements, Bytes last) {
    List<Bytes> all = new java.util.ArrayList<>(statements);
    all.add(last);
    return all;
  }

  private Identity keys(int g) {
    return GroupKeys.of(GroupVectorsTest.secret(group, g, made.hexes("secrets")));
  }

  private static ChainOp.GroupMember with(ChainOp.GroupMember op, Role role) {
    return new ChainOp.GroupMember(op.group(), op.statement(), op.card(), role, op.tag());
  }

  private ChainOp.Item item() {
    return new ChainOp.Item(ItemId.of(made.bytes("item")), 2, ItemAct.PUT, made.hash("recordHash"));
  }

  private void ofSafe(String name, String failure, Identity author, ChainOp op) {
    RoomChain safe =
        People.chain(
            new Fields()
                .putHex("cards", made.hexes("cards"))
                .putHex("statements", made.hexes("safe")));
    refuse(name, failure, GroupVectorsTest.forge(safe, author, op), false);
  }

  private void ofGroup(String name, String failure, Identity author, ChainOp op) {
    refuse(name, failure, GroupVectorsTest.forge(group, author, op), true);
  }

  private void refuse(String name, String failure, Bytes refused, boolean ofGroup) {
    Fields changed = new Fields().put("refused", refused).put("ofGroup", ofGroup);
    set.fails(name, failure, made, changed);
  }
}
