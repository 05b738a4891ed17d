package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.crypto.identity.Identity;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import org.junit.jupiter.api.Test;

/** A writer who fills a chain with versions, so that nobody can remove him any more. */
class FullChainAttackTest {
  private static final Hash SOME = Hash.of(Bytes.EMPTY);

  private final ChainState state =
      new ChainState(
          new ChainOp.Create(
              RoomKind.SAFE,
              History.FULL,
              new MemberTag(1),
              ChainOp.NO_PARENT,
              Bytes.wrap(new byte[16])));

  private Statement at(int index, ChainOp op, Identity author) {
    return Statement.sign(Fixtures.SEALED, new ChainHead(index, SOME), op, 1, author);
  }

  private void done(int index, ChainOp op, Identity author) {
    op.accept(new ChainEffects(state, at(index, op, author)));
  }

  private void check(int index, ChainOp op, Identity author) {
    new ChainRules(Fixtures.SEALED, state, at(index, op, author)).check();
  }

  private static ChainOp version() {
    return new ChainOp.Item(new ItemId(1, 2), 1, ItemAct.PUT, SOME);
  }

  @Test
  void theRoomForMembershipIsLeftWhenItemsHaveFilledTheirs() {
    int full = RoomChain.ITEM_STATEMENTS_MAX;
    assertThat(RoomChain.STATEMENTS_MAX - full).isEqualTo(65_536);
    state.members.put(
        ALICE.fingerprint(), new ChainMember(ALICE.fingerprint(), Role.OWNER, new MemberTag(1), 0));
    state.members.put(
        BOB.fingerprint(), new ChainMember(BOB.fingerprint(), Role.WRITER, new MemberTag(2), 2));
    done(1, new ChainOp.Generation(1, SOME, Bytes.EMPTY), ALICE);

    check(full - 1, version(), BOB);
    assertThatThrownBy(() -> check(full, version(), BOB))
        .isInstanceOfSatisfying(
            ChainException.class, e -> assertThat(e.fault()).isEqualTo(ChainFault.BROKEN_RULE));
    check(full, new ChainOp.Remove(BOB.fingerprint()), ALICE);
    done(full, new ChainOp.Remove(BOB.fingerprint()), ALICE);
    check(full + 1, new ChainOp.Generation(2, SOME, Bytes.wrap(new byte[61])), ALICE);
  }
}
