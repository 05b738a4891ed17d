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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.crypto.Fixtures;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.RoomId;
import org.junit.jupiter.api.Test;

/** Folders of safes, where they lie, and who administers them. */
class FolderRulesTest {
  private final ChainScript safe = new ChainScript(RoomKind.SAFE, History.FULL);
  private final ChainScript folder = ChainScript.folderOf(safe.chain());

  static ChainOp.Child add(ChainScript folder) {
    return new ChainOp.Child(folder.chain().roomId(), ChildAct.ADD, folder.chain().head());
  }

  static ChainOp.Child drop(ChainScript folder) {
    return new ChainOp.Child(folder.chain().roomId(), ChildAct.REMOVE, ChainHead.NONE);
  }

  static ChainOp.Parent to(ChainScript parent) {
    return new ChainOp.Parent(parent.chain().roomId(), parent.chain().head());
  }

  private ChainFolder place(ChainScript parent) {
    return FolderPlace.of(parent.chain(), folder.chain());
  }

  @Test
  void aFolderLiesWhereBothChainsSaySo() {
    assertThat(place(safe)).isNull();
    Statement listed = safe.does(ALICE, add(folder));
    assertThat(place(safe).added()).isEqualTo(new ChainHead(listed.index(), listed.hash()));
    safe.does(ALICE, drop(folder));
    assertThat(place(safe)).isNull();
  }

  @Test
  void aFolderMovesWhenOldParentNewParentAndTheFolderSayIt() {
    safe.does(ALICE, add(folder));
    ChainScript other = ChainScript.folderOf(folder.chain());
    other.does(ALICE, add(folder));
    assertThat(place(other)).isNull();
    folder.does(ALICE, to(other));
    assertThat(place(other)).isNotNull();
    assertThat(place(safe)).isNull();
    safe.does(ALICE, drop(folder));

    safe.does(ALICE, add(folder));
    assertThat(place(safe)).isNull();
    folder.does(ALICE, to(safe));
    assertThat(place(safe)).isNotNull();
  }

  @Test
  void whoseParentNamesAnotherStatementThanTheOneThatListsItLiesNowhere() {
    safe.does(ALICE, add(folder));
    folder.does(ALICE, to(safe));
    safe.does(ALICE, drop(folder));
    safe.does(ALICE, add(folder));
    assertThat(place(safe)).isNull();
  }

  @Test
  void aParentThatKnowsALaterStatementOfTheFolderRefusesAnEarlierState() {
    ChainScript later = ChainScript.folderOf(safe.chain());
    later.add(ALICE, BOB, Role.READER);
    safe.does(ALICE, add(later));
    assertThat(later.chain().roomId()).isEqualTo(folder.chain().roomId());
    assertThat(place(safe)).isNull();
  }

  @Test
  void foldersAreListedOnceByWhoReadsAndUnlistedByWhoAdministers() {
    safe.add(ALICE, BOB, Role.WRITER);
    safe.refused(NOT_PERMITTED, BOB, add(folder));
    safe.refused(BROKEN_RULE, ALICE, drop(folder));
    safe.does(ALICE, add(folder));
    safe.refused(BROKEN_RULE, ALICE, add(folder));
    safe.refused(NOT_PERMITTED, BOB, drop(folder));
    ChainScript inner = ChainScript.folderOf(folder.chain());
    folder.add(ALICE, CAROL, Role.STEWARD);
    folder.refused(NOT_PERMITTED, CAROL, add(inner));
    folder.does(ALICE, add(inner));
    folder.does(CAROL, drop(inner));
  }

  @Test
  void onlySafesAndFoldersHaveFoldersAndOnlyFoldersAParent() {
    ChainScript channel = new ChainScript(RoomKind.PRIVATE, History.FULL);
    channel.refused(BROKEN_RULE, ALICE, add(folder));
    safe.refused(BROKEN_RULE, ALICE, to(channel));
    folder.refused(BROKEN_RULE, ALICE, to(folder));
    RoomId managed = Fixtures.MANAGED;
    safe.refused(
        BROKEN_RULE, ALICE, new ChainOp.Child(managed, ChildAct.ADD, folder.chain().head()));
  }

  @Test
  void whoWritesOrReadsDoesNotMoveAFolder() {
    folder.add(ALICE, BOB, Role.WRITER);
    folder.add(ALICE, CAROL, Role.READER);
    folder.refused(NOT_PERMITTED, BOB, to(safe));
    folder.refused(NOT_PERMITTED, CAROL, to(safe));
    folder.refused(NOT_PERMITTED, DAVE, to(safe));
    folder.add(ALICE, DAVE, Role.STEWARD);
    folder.refused(NOT_PERMITTED, DAVE, to(safe));
  }

  @Test
  void aFolderHasNoOwnerAndNoOtherRoomASteward() {
    assertThat(folder.chain().role(ALICE.fingerprint())).isEqualTo(Role.ADMIN);
    folder.refused(NOT_PERMITTED, ALICE, member(BOB, Role.OWNER));
    safe.refused(BROKEN_RULE, ALICE, member(BOB, Role.STEWARD));
  }

  @Test
  void aStewardRemovesDemotesAndPromotesWhoReads() {
    folder.add(ALICE, BOB, Role.STEWARD);
    folder.add(ALICE, CAROL, Role.READER);
    folder.add(BOB, CAROL, Role.ADMIN);
    folder.add(BOB, CAROL, Role.WRITER);
    folder.does(BOB, remove(CAROL));
    assertThat(folder.chain().owesGeneration()).isTrue();
    folder.renew(ALICE);
    folder.does(ALICE, remove(BOB));
    assertThat(folder.chain().owesGeneration()).isFalse();
  }

  @Test
  void anAdminWhoBecomesAStewardOwesAGenerationAndStillAdministers() {
    folder.add(ALICE, BOB, Role.ADMIN);
    folder.add(BOB, ALICE, Role.STEWARD);
    assertThat(folder.chain().owesGeneration()).isTrue();
    folder.renew(BOB);
    folder.add(ALICE, BOB, Role.WRITER);
    folder.refused(BROKEN_RULE, ALICE, remove(ALICE));
  }

  @Test
  void whatAStewardProposesHoldsWhenSomebodyWhoReadsSaysTheSame() {
    folder.add(ALICE, BOB, Role.STEWARD);
    folder.does(BOB, member(CAROL, Role.WRITER));
    assertThat(folder.chain().role(CAROL.fingerprint())).isEqualTo(Role.NONE);
    assertThat(folder.chain().proposal(CAROL.fingerprint())).isEqualTo(Role.WRITER);
    folder.refused(BROKEN_RULE, BOB, member(CAROL, Role.WRITER));
    folder.does(BOB, member(CAROL, Role.READER));
    folder.add(ALICE, CAROL, Role.READER);
    assertThat(folder.chain().role(CAROL.fingerprint())).isEqualTo(Role.READER);
    assertThat(folder.chain().proposal(CAROL.fingerprint())).isNull();
  }

  @Test
  void aProposalIsTakenBackByTheRoleThatIsThere() {
    folder.add(ALICE, BOB, Role.STEWARD);
    folder.does(BOB, member(CAROL, Role.WRITER));
    folder.does(BOB, member(CAROL, Role.NONE));
    assertThat(folder.chain().proposal(CAROL.fingerprint())).isNull();
    folder.refused(BROKEN_RULE, BOB, member(CAROL, Role.NONE));
    assertThat(folder.chain().owesGeneration()).isFalse();
  }

  @Test
  void bodiesOfFolderStatementsAreStrict() {
    ChainHead head = folder.chain().head();
    RoomId room = folder.chain().roomId();
    assertThatThrownBy(() -> new ChainOp.Child(room, ChildAct.REMOVE, head))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new ChainOp.Child(room, ChildAct.ADD, ChainHead.NONE))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new ChainOp.Parent(room, ChainHead.NONE))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> ChildAct.of(3)).isInstanceOf(MalformedException.class);
  }
}
