package dev.zamok.crypto.chain;

import static dev.zamok.crypto.Fixtures.ALICE;
import static dev.zamok.crypto.Fixtures.BOB;
import static dev.zamok.crypto.Fixtures.CAROL;
import static dev.zamok.crypto.Fixtures.DAVE;
import static dev.zamok.crypto.chain.ChainFault.BROKEN_RULE;
import static dev.zamok.crypto.chain.ChainFault.NOT_PERMITTED;
import static dev.zamok.crypto.chain.ChainScript.member;
import static dev.zamok.crypto.chain.ChainScript.remove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.crypto.Fixtures;
import dev.zamok.crypto.Hash;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import org.junit.jupiter.api.Test;

/** Who may do what in a room. */
class ChainRulesTest {
  private final ChainScript room = new ChainScript(RoomKind.PRIVATE, History.FULL);
  private final RoomChain chain = room.chain();

  @Test
  void writersAndReadersChangeNoMembers() {
    room.add(ALICE, BOB, Role.WRITER);
    room.refused(NOT_PERMITTED, BOB, member(CAROL, Role.READER));
    room.refused(NOT_PERMITTED, BOB, remove(ALICE));
  }

  @Test
  void adminChangesMembersUpToHisOwnRoleButMakesNoOwner() {
    room.add(ALICE, BOB, Role.ADMIN);
    room.add(BOB, CAROL, Role.ADMIN);
    room.refused(NOT_PERMITTED, BOB, member(CAROL, Role.OWNER));
    room.refused(NOT_PERMITTED, BOB, member(BOB, Role.OWNER));
    room.refused(NOT_PERMITTED, BOB, member(ALICE, Role.READER));
    room.refused(NOT_PERMITTED, BOB, remove(ALICE));
    room.does(BOB, remove(CAROL));
  }

  @Test
  void onlyAnOwnerMakesAndUnmakesOwners() {
    room.add(ALICE, BOB, Role.OWNER);
    room.add(BOB, ALICE, Role.WRITER);
    assertThat(chain.role(ALICE.fingerprint())).isEqualTo(Role.WRITER);
  }

  @Test
  void lastAdminCannotLeaveOthersBehind() {
    room.add(ALICE, BOB, Role.WRITER);
    room.refused(BROKEN_RULE, ALICE, remove(ALICE));
    room.refused(BROKEN_RULE, ALICE, member(ALICE, Role.WRITER));
    room.does(BOB, remove(BOB));
    room.does(ALICE, remove(ALICE));
    assertThat(chain.members()).isEmpty();
  }

  @Test
  void removalDemotionAndLeavingOweAGeneration() {
    room.add(ALICE, BOB, Role.WRITER);
    room.add(ALICE, CAROL, Role.WRITER);
    room.add(ALICE, DAVE, Role.READER);
    assertThat(chain.owesGeneration()).isFalse();
    room.does(ALICE, remove(DAVE));
    assertThat(chain.owesGeneration()).isTrue();
    room.renew(BOB);
    assertThat(chain.owesGeneration()).isFalse();
    room.does(CAROL, remove(CAROL));
    assertThat(chain.owesGeneration()).isTrue();
    room.renew(ALICE);
    room.add(ALICE, BOB, Role.NONE);
    assertThat(chain.owesGeneration()).isTrue();
  }

  @Test
  void demotionThatStillReadsOwesNothing() {
    room.add(ALICE, BOB, Role.WRITER);
    room.add(ALICE, BOB, Role.READER);
    assertThat(chain.owesGeneration()).isFalse();
  }

  @Test
  void joinOwesAGenerationWhereHistoryStartsAtTheJoin() {
    ChainScript fromJoin = new ChainScript(RoomKind.PRIVATE, History.FROM_JOIN);
    fromJoin.add(ALICE, BOB, Role.WRITER);
    assertThat(fromJoin.chain().owesGeneration()).isTrue();
    fromJoin.renew(BOB);
    assertThat(fromJoin.chain().owesGeneration()).isFalse();
  }

  @Test
  void writerMakesAnOwedGenerationOnlyAndAReaderNone() {
    room.add(ALICE, BOB, Role.WRITER);
    room.add(ALICE, CAROL, Role.READER);
    room.refused(NOT_PERMITTED, BOB, room.next());
    room.add(ALICE, DAVE, Role.READER);
    room.does(ALICE, remove(DAVE));
    room.refused(NOT_PERMITTED, CAROL, room.next());
    room.does(BOB, room.next());
    assertThat(chain.generation()).isEqualTo(2);
    assertThat(chain.generation(2).author()).isEqualTo(BOB.fingerprint());
  }

  @Test
  void generationMustBeTheNextOneAndLinkedWhereHistoryIsFull() {
    ChainOp.Generation next = room.next();
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Generation(3, next.commit(), next.prevLink()));
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Generation(1, next.commit(), next.prevLink()));
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Generation(2, next.commit(), Bytes.EMPTY));
    ChainScript fromJoin = new ChainScript(RoomKind.PRIVATE, History.FROM_JOIN);
    fromJoin.refused(BROKEN_RULE, ALICE, new ChainOp.Generation(2, next.commit(), next.prevLink()));
  }

  @Test
  void noItemIsWrittenUnderASecretThatSomebodyShutOutKnows() {
    room.add(ALICE, BOB, Role.WRITER);
    room.does(ALICE, remove(BOB));
    ChainOp.Item item = new ChainOp.Item(new ItemId(1, 1), 1, ItemAct.PUT, ChainScript.someHash());
    room.refused(BROKEN_RULE, ALICE, item);
    room.renew(ALICE);
    room.does(ALICE, item);
  }

  @Test
  void itemVersionsFollowOneAnotherAndARemovedItemStaysRemoved() {
    ItemId id = new ItemId(1, 1);
    Hash hash = ChainScript.someHash();
    room.add(ALICE, BOB, Role.READER);
    room.refused(NOT_PERMITTED, BOB, new ChainOp.Item(id, 1, ItemAct.PUT, hash));
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Item(id, 2, ItemAct.PUT, hash));
    room.does(ALICE, new ChainOp.Item(id, 1, ItemAct.PUT, hash));
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Item(id, 1, ItemAct.PUT, hash));
    room.does(ALICE, new ChainOp.Item(id, 2, ItemAct.REMOVE, Hash.ZERO));
    room.refused(BROKEN_RULE, ALICE, new ChainOp.Item(id, 3, ItemAct.PUT, hash));
    assertThat(chain.item(id).act()).isEqualTo(ItemAct.REMOVE);
    room.refused(
        BROKEN_RULE, ALICE, new ChainOp.Item(new ItemId(2, 2), 1, ItemAct.REMOVE, Hash.ZERO));
  }

  @Test
  void tagIsNeverGivenToAnother() {
    room.add(ALICE, BOB, Role.WRITER);
    room.refused(
        BROKEN_RULE,
        ALICE,
        new ChainOp.Member(CAROL.fingerprint(), Role.READER, Fixtures.tag(BOB)));
    room.does(ALICE, remove(BOB));
    room.refused(
        BROKEN_RULE,
        ALICE,
        new ChainOp.Member(CAROL.fingerprint(), Role.READER, Fixtures.tag(BOB)));
    room.refused(
        BROKEN_RULE, ALICE, new ChainOp.Member(CAROL.fingerprint(), Role.READER, MemberTag.NONE));
    room.add(ALICE, BOB, Role.READER);
    assertThat(chain.byTag(Fixtures.tag(BOB))).isEqualTo(BOB.fingerprint());
  }

  @Test
  void readmittedMemberMayTakeAFreshTagAndBothRemainHis() {
    room.add(ALICE, BOB, Role.WRITER);
    room.does(ALICE, remove(BOB));
    MemberTag fresh = new MemberTag(77);
    room.does(ALICE, new ChainOp.Member(BOB.fingerprint(), Role.WRITER, fresh));
    assertThat(chain.byTag(fresh)).isEqualTo(BOB.fingerprint());
    assertThat(chain.byTag(Fixtures.tag(BOB))).isEqualTo(BOB.fingerprint());
    room.refused(BROKEN_RULE, ALICE, member(BOB, Role.READER));
  }

  @Test
  void memberVersionOfAReadmittedMemberIsAboveHisEviction() {
    room.add(ALICE, BOB, Role.WRITER);
    int before = chain.member(BOB.fingerprint()).memberVersion();
    int eviction = room.does(ALICE, remove(BOB)).index() + 1;
    room.add(ALICE, BOB, Role.WRITER);
    int after = chain.member(BOB.fingerprint()).memberVersion();
    assertThat(before).isLessThan(eviction);
    assertThat(after).isGreaterThanOrEqualTo(eviction);
  }

  @Test
  void directRoomHasAtMostTwoMembers() {
    ChainScript direct = new ChainScript(RoomKind.DIRECT, History.FULL);
    direct.add(ALICE, BOB, Role.OWNER);
    direct.refused(BROKEN_RULE, ALICE, member(CAROL, Role.READER));
  }

  @Test
  void changesThatChangeNothingAreRefused() {
    room.add(ALICE, BOB, Role.WRITER);
    room.refused(BROKEN_RULE, ALICE, member(BOB, Role.WRITER));
    room.refused(BROKEN_RULE, ALICE, member(CAROL, Role.NONE));
    room.refused(BROKEN_RULE, ALICE, remove(CAROL));
  }

  @Test
  void rolesOfThePastStayKnownForWhoeverChecksOldMessages() {
    int joined = room.add(ALICE, BOB, Role.WRITER).index();
    int removed = room.does(ALICE, remove(BOB)).index();
    assertThat(chain.roleAt(BOB.fingerprint(), joined - 1)).isEqualTo(Role.NONE);
    assertThat(chain.roleAt(BOB.fingerprint(), joined)).isEqualTo(Role.WRITER);
    assertThat(chain.roleAt(BOB.fingerprint(), removed)).isEqualTo(Role.NONE);
    assertThat(chain.roleAt(CAROL.fingerprint(), removed)).isEqualTo(Role.NONE);
  }
}
