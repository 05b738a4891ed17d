package dev.zamok.crypto.chain;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.crypto.room.GroupKeys;

/** A group of Alice's, and how it becomes a member elsewhere. */
public final class GroupScript {
  public final ChainScript room = new ChainScript(RoomKind.GROUP, History.FULL);

  public GroupScript() {
    room.does(Fixtures.ALICE, card());
  }

  /** The next generation with its card. */
  public void renew(Identity author) {
    room.renew(author);
    room.does(author, card());
  }

  /** Who acts for the newest generation. */
  public Identity keys() {
    return keys(room.chain().generation());
  }

  public Identity keys(int g) {
    return GroupKeys.of(room.secret(g));
  }

  ChainOp.GroupCard card() {
    return ChainOp.GroupCard.of(keys().card());
  }

  /** By the card that the chain of the group names for {@code g}. */
  public ChainOp.GroupMember member(int g, Role role) {
    ChainGroup named = room.chain().groupCard(g);
    if (named == null) {
      throw new AssertionError("no card of " + g);
    }
    return new ChainOp.GroupMember(
        named.group(),
        named.statement(),
        ChainOp.GroupCard.of(named.card()),
        role,
        Fixtures.tag(keys(g)));
  }
}
